using Microsoft.EntityFrameworkCore;
using ShopFlow.Inventory.Data;

namespace ShopFlow.Inventory.Reservations;

/// <summary>Expires reservations, and fills paid orders whose units were gone as soon as there is stock for them.</summary>
internal sealed class ReservationSweeper(
    IServiceScopeFactory scopes, InventoryOptions options, TimeProvider time, ILogger<ReservationSweeper> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                logger.LogError(e, "The sweep of the reservations failed; the next one is in {Interval}", options.SweepInterval);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();

        var expired = await scope.ServiceProvider.GetRequiredService<ExpireReservations>().RunAsync(cancellationToken);
        if (expired > 0)
            logger.LogWarning("{Count} reservations expired", expired);

        var db = scope.ServiceProvider.GetRequiredService<InventoryDbContext>();
        var confirm = scope.ServiceProvider.GetRequiredService<ConfirmReservation>();
        foreach (var orderId in await UnfilledAsync(db, cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.LockStockAsync(cancellationToken);
            var isFilled = await confirm.FillAsync(orderId, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            if (isFilled)
                logger.LogInformation("Order {OrderId} got its goods after all", orderId);
        }
    }

    // ix_reservations_unfilled: who has waited longest comes first.
    private static Task<List<Guid>> UnfilledAsync(InventoryDbContext db, CancellationToken cancellationToken) =>
        db.Reservations
            .Where(r => r.State == ReservationState.Unfilled)
            .OrderBy(r => r.SettledAt)
            .Select(r => r.OrderId)
            .Take(100)
            .ToListAsync(cancellationToken);
}
