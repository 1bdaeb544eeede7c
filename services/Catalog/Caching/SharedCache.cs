using StackExchange.Redis;

namespace ShopFlow.Catalog.Caching;

/// <summary>
/// Answers shared by the replicas, in Redis. It only ever saves time: when Redis is slow or away, callers go on
/// without it after <see cref="Patience"/>, and it is left alone for a while.
/// </summary>
internal sealed class SharedCache(IServiceProvider services, TimeProvider time, ILogger<SharedCache> log) : BackgroundService
{
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private IDatabase? _database;
    private long _pausedUntil;

    public bool IsConnected => _database?.Multiplexer.IsConnected ?? false;

    /// <summary>Null when it is not there, or cannot be had in time.</summary>
    public async Task<CachedResponse?> FindAsync(string key)
    {
        if (Database is not { } database)
            return null;

        try
        {
            byte[]? stored = await database.StringGetAsync(key).WaitAsync(Patience, time);
            return stored is null ? null : CachedResponseFormat.Read(stored);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            LeaveAlone(exception);
            return null;
        }
    }

    public void Store(string key, CachedResponse response)
    {
        try
        {
            Database?.StringSetAsync(key, CachedResponseFormat.Write(response), Lifetime, When.Always, CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException)
        {
            LeaveAlone(exception);
        }
    }

    /// <summary>To whoever listens right now; lost without a word when Redis is away.</summary>
    public void Publish(string channel, string message)
    {
        try
        {
            Database?.Publish(channel, message, CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException)
        {
            LeaveAlone(exception);
        }
    }

    /// <summary>The first connection blocks until it stands or fails, so it is made off the path of requests.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _database = await Task.Run(() => services.GetRequiredService<IConnectionMultiplexer>().GetDatabase(), stoppingToken);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogWarning("Redis is not used: {Reason}", exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(30), time, stoppingToken);
            }
        }
    }

    private IDatabase? Database => time.GetUtcNow().Ticks >= Interlocked.Read(ref _pausedUntil) ? _database : null;

    private void LeaveAlone(Exception exception)
    {
        Interlocked.Exchange(ref _pausedUntil, (time.GetUtcNow() + Pause).Ticks);
        log.LogDebug("Redis is left alone for {Seconds} s: {Reason}", Pause.TotalSeconds, exception.Message);
    }
}
