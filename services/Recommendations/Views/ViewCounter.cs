namespace ShopFlow.Recommendations.Views;

/// <summary>Counts views in the background, many at once.</summary>
internal sealed class ViewCounter(
    IServiceScopeFactory scopes, ViewBuffer views, RecommendationsOptions options, TimeProvider time, ILogger<ViewCounter> logger) : BackgroundService
{
    // Of one transaction: nobody waits long for a turn.
    private const int BatchSize = 1000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.ViewDelay, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await CountAsync(stoppingToken);
    }

    /// <summary>All that wait.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        var waiting = views.Take();
        var left = waiting.Count;
        try
        {
            foreach (var batch in waiting.Chunk(BatchSize))
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<CountViews>().HandleAsync(batch, cancellationToken);
                left -= batch.Length;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            views.Drop(left);
            logger.LogWarning("{Count} views could not be counted: {Reason}", left, e.Message);
        }
    }
}
