using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Checkout;

/// <summary>POST /orders/{id}/cancel: possible until the order is confirmed; cancelling twice is the same as once.</summary>
internal static class CancelOrder
{
    public static async Task<Results<Ok<OrderView>, ProblemHttpResult>> HandleAsync(
        Guid id, CurrentUser caller, OrdersDbContext db, CheckoutSaga saga, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        var order = await saga.LockAsync(id, cancellationToken);
        if (order is null || (order.UserId != caller.Id && !caller.IsAdmin))
            return Problems.NotFound($"There is no order {id}.");

        saga.Advance(order, CheckoutTrigger.ShopperCancelled);
        if (order.State is not CheckoutState.Cancelled)
            return Problems.Conflict("order-not-cancellable", $"The order is {order.Status} and can't be cancelled any more.");

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        await db.Entry(order).Collection(o => o.Lines).LoadAsync(cancellationToken);
        return TypedResults.Ok(OrderView.Of(order));
    }
}
