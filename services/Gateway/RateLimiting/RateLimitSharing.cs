using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ShopFlow.Gateway.RateLimiting;

/// <summary>Adds up over Redis what the replicas counted, many callers in one round trip.</summary>
internal sealed class RateLimitSharing(
    IServiceProvider services, RateLimiter limiter, IOptions<RateLimitOptions> options, TimeProvider time, ILogger<RateLimitSharing> log) : BackgroundService
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_kept = 2 * SlidingCount.Window;
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(2);

    private bool _isDown;
    private long _window;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(_isDown ? s_pauseAfterFailure : options.Value.ShareInterval, time, stoppingToken);
            ForgetOnceAWindow();

            if (limiter.TakeNews() is not [_, ..] news)
                continue;

            try
            {
                // The first connection blocks until it stands or fails.
                var redis = await Task.Run(services.GetRequiredService<IConnectionMultiplexer>, stoppingToken);
                await ShareAsync(redis.GetDatabase(), news).WaitAsync(s_limit, stoppingToken);
                Tell(isDown: false, null);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // What was to be shared stays counted here, and is told with the caller's next request.
                Tell(isDown: true, exception.Message);
            }
        }
    }

    private static Task ShareAsync(IDatabase redis, IReadOnlyList<RateLimitNews> news)
    {
        var batch = redis.CreateBatch();
        var shared = news.Select(one => ShareAsync(batch, one)).ToArray();
        batch.Execute();
        return Task.WhenAll(shared);
    }

    private static async Task ShareAsync(IBatch batch, RateLimitNews news)
    {
        var key = KeyOf(news.Count.Key, news.Window);
        var all = batch.StringIncrementAsync(key, news.Own);
        var expires = batch.KeyExpireAsync(key, s_kept);
        var before = batch.StringGetAsync(KeyOf(news.Count.Key, news.Window - 1));
        await Task.WhenAll(all, expires, before);
        news.Count.Share(news, await all, (long?)await before ?? 0);
    }

    private static RedisKey KeyOf(RateLimitKey key, long window) =>
        string.Create(CultureInfo.InvariantCulture, $"shopflow:limit:{key.Limit}:{key.Caller}:{window}");

    private void ForgetOnceAWindow()
    {
        var window = SlidingCount.WindowOf(time.GetUtcNow());
        if (window == _window)
            return;
        _window = window;
        limiter.Forget();
    }

    private void Tell(bool isDown, string? reason)
    {
        if (isDown && !_isDown)
            log.LogWarning("Each gateway counts requests alone: {Reason}", reason);
        else if (!isDown && _isDown)
            log.LogInformation("The gateways count requests together again");
        _isDown = isDown;
    }
}
