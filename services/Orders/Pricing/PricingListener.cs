using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Promotions;

namespace ShopFlow.Orders.Pricing;

/// <summary>
/// Has rates and promotions read anew when a replica has changed them: a trigger on each table notifies. A notification that got
/// lost is made up for by a look every half minute.
/// </summary>
internal sealed class PricingListener(
    IServiceScopeFactory scopes, CurrentRates rates, CurrentPromotions promotions, TimeProvider time, ILogger<PricingListener> logger) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start("pricing listener");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("Not hearing of new rates and promotions; the rates in use are version {Version}: {Reason}", rates.KnownVersion, e.Message);
                await Task.Delay(ReconnectDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString());
        await connection.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand("listen rates_changed; listen promotions_changed", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);

        while (true)
        {
            await rates.LoadAsync(cancellationToken);
            await promotions.LoadAsync(cancellationToken);
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
