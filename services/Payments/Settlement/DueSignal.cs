using Npgsql;

namespace ShopFlow.Payments.Settlement;

/// <summary>Hears from the database that payments or refunds became due, whichever process recorded them.</summary>
internal sealed class DueSignal(IConfiguration configuration, PaymentsOptions options, TimeProvider time, ILogger<DueSignal> logger)
    : BackgroundService
{
    /// <summary>Channel of LISTEN and NOTIFY.</summary>
    public const string Channel = "payments_due";

    private readonly SemaphoreSlim _due = new(0, 1);

    /// <summary>Returns when something became due since the last call, or after the poll interval.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _due.WaitAsync(options.PollInterval, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                logger.LogWarning("Not listening for due payments, only polling, until the database is back: {Cause}", e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString(PaymentsService.Database)) { KeepAlive = 30, Pooling = false };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Notification += (_, _) => Set();
        await connection.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);

        Set();
        while (true)
            await connection.WaitAsync(cancellationToken);
    }

    private void Set()
    {
        if (_due.CurrentCount == 0)
            _due.Release();
    }
}
