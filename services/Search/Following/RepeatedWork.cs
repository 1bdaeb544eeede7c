using ShopFlow.Messaging;

namespace ShopFlow.Search.Following;

/// <summary>Does something over and over, with a pause when there is no more of it, and tells once when it begins to fail.</summary>
internal abstract class RepeatedWork(TimeSpan pause, TimeProvider time, ILogger log) : BackgroundService
{
    private bool _isFailing;

    /// <summary>What doesn't happen while it fails, for the log.</summary>
    protected abstract string Consequence { get; }

    /// <summary>Does a part of it.</summary>
    /// <returns>Whether there may be more to do at once.</returns>
    public abstract Task<bool> RunOnceAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start(GetType().Name);
        using var timer = new PeriodicTimer(pause, time);
        do
        {
            while (await TryRunAsync(stoppingToken))
            {
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TryRunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var hasMore = await RunOnceAsync(cancellationToken);
            _isFailing = false;
            return hasMore;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            log.Log(_isFailing ? LogLevel.Debug : LogLevel.Warning, "{Consequence}: {Reason}", Consequence, exception.Message);
            _isFailing = true;
            return false;
        }
    }
}
