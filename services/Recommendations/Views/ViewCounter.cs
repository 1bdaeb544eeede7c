namespace ShopFlow.Recommendations.Views;

/// <summary>Counts views in the background, many at once.</summary>
internal sealed class ViewCounter(
    IServiceScopeFactory scopes, ViewBuffer views, RecommendationsOptions options, TimeProvider time, ILogger<ViewCounter> logger) : BackgroundService
{
    private const int BatchSize = 1000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await views.WaitAsync(stoppingToken))
        {
            await Task.Delay(options.ViewDelay, time, stoppingToken);
            var batch = views.Take(BatchSize);
            try
            {
                await CountAsync(batch, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("{Count} views could not be counted: {Reason}", batch.Count, e.Message);
            }
        }
    }

    private async Task CountAsync(List<View> batch, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CountViews>().HandleAsync(batch, cancellationToken);
    }
}
