namespace ShopFlow.Recommendations.Catalogue;

/// <summary>Learns what has changed in the catalogue. While the catalogue is away, what is known is believed.</summary>
internal sealed class CatalogueFollower(
    IServiceScopeFactory scopes, RecommendationsOptions options, TimeProvider time, ILogger<CatalogueFollower> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.FollowInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("Changed products could not be learnt, the next attempt is in {Interval}: {Reason}", options.FollowInterval, e.Message);
            }
        }
    }

    /// <summary>Until there is nothing left to learn.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        int learnt;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            learnt = await scope.ServiceProvider.GetRequiredService<LearnProducts>().RunAsync(cancellationToken);
        }
        while (learnt > 0);
    }
}
