namespace ShopFlow.Auth.SigningKeys;

/// <summary>Loads the signing keys before the service takes requests, and looks every minute for what another replica has added.</summary>
internal sealed class SigningKeyRefresh(IServiceScopeFactory scopes, TimeProvider time, ILogger<SigningKeyRefresh> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);

        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogWarning(exception, "The signing keys could not be refreshed; the ones in memory stay in use");
            }
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SigningKeyStore>().RefreshAsync(cancellationToken);
    }
}
