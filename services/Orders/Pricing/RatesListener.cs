using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Pricing;

/// <summary>
/// Has rates read anew when a replica has changed them: a trigger on the table notifies. A notification that got lost is made up
/// for by a look every half minute.
/// </summary>
internal sealed class RatesListener(IServiceScopeFactory scopes, CurrentRates rates, TimeProvider time, ILogger<RatesListener> logger)
    : BackgroundService
{
    public const string Channel = "rates_changed";

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start("rates listener");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("Not hearing of new rates; those in use are version {Version}: {Reason}", rates.KnownVersion, e.Message);
                await Task.Delay(ReconnectDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString());
        await connection.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);

        while (true)
        {
            await rates.LoadAsync(cancellationToken);
            await connection.WaitAsync(LookInterval, cancellationToken);
        }
    }

    // A connection of its own, outside the pool.
    private string ConnectionString()
    {
        using var scope = scopes.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Database;
        return new NpgsqlConnectionStringBuilder(database.GetConnectionString()) { Pooling = false, KeepAlive = 15 }.ConnectionString;
    }
}
