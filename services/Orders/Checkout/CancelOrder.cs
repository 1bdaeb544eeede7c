using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.Orders.Placing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Checkout;

/// <summary>POST /orders/{id}/cancel: possible until something is packed; cancelling twice is the same as once.</summary>
internal static class CancelOrder
{
    public static async Task<Results<Ok<OrderView>, ProblemHttpResult>> HandleAsync(
        Guid id, Shopper caller, OrdersDbContext db, CheckoutSaga saga, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        var order = await db.LockAsync(id, cancellationToken);
        if (order is null || !caller.MaySee(order))
            return Problems.NotFound($"There is no order {id}.");

        await db.LoadLinesAsync(order, cancellationToken);
        if (order.Lines.Exists(line => line.Packed > 0))
            return Problems.Conflict("order-not-cancellable", $"The order is {order.Status} and its goods are packed: it can't be cancelled.");

        // The saga has its own view of the order, and so has the refund that may follow.
        db.ChangeTracker.Clear();
        await saga.AdvanceAsync([new(id, CheckoutTrigger.ShopperCancelled)], cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        var cancelled = await db.ReadAsync(id, cancellationToken);
        return TypedResults.Ok(await db.DescribeAsync(cancelled!, cancellationToken));
    }
}
