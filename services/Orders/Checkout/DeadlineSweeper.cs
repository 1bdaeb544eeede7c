using ShopFlow.Messaging;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Checkout;

/// <summary>Cancels orders that waited too long. Replicas sweep side by side and share the work.</summary>
internal sealed class DeadlineSweeper(
    IServiceScopeFactory scopes, OrdersOptions options, TimeProvider time, ILogger<DeadlineSweeper> logger) : BackgroundService
{
    private const int BatchSize = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start("deadline sweeper");
        using var timer = new PeriodicTimer(options.SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await SweepAsync(stoppingToken) == BatchSize)
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(e, "The search for overdue orders failed; the next one is in {Interval}", options.SweepInterval);
            }
        }
    }

    /// <returns>Orders cancelled.</returns>
    private async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var saga = scope.ServiceProvider.GetRequiredService<CheckoutSaga>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        var overdue = await saga.CancelOverdueAsync(BatchSize, cancellationToken);
        foreach (var (id, state, deadline) in overdue)
            logger.LogWarning("Order {OrderId} is cancelled: it was {State} beyond {Deadline}", id, state, deadline);

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return overdue.Count;
    }
}
