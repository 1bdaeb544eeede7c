namespace ShopFlow.Recommendations.Counting;

/// <summary>Forgets what is too old, a little at a time, so that counting need not wait.</summary>
internal sealed class Forgetting(
    IServiceScopeFactory scopes, RecommendationsOptions options, TimeProvider time, ILogger<Forgetting> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.ForgetInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await ForgetAsync(stoppingToken))
                {
                    // Until nothing is left.
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                logger.LogError(e, "Old orders and visits could not be forgotten; the next attempt is in {Interval}", options.ForgetInterval);
            }
        }
    }

    private async Task<bool> ForgetAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ForgetBaskets>().RunAsync(cancellationToken);
    }
}
