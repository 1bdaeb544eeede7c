using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Refunds;

/// <summary>Takes a promise back that the provider won't keep: an administrator sees it, and may promise again or pay by hand.</summary>
internal sealed class RefundRejectedHandler(OrdersDbContext db, TimeProvider time) : IEventHandler<RefundRejected>
{
    private const int LongestFailure = 500;

    public async Task HandleAsync(RefundRejected e, CancellationToken cancellationToken)
    {
        var (order, refund) = await db.LockRefundAsync(e.OrderId, e.RefundId, cancellationToken);
        if (refund.State is not RefundState.Requested)
            return;

        refund.State = RefundState.Rejected;
        refund.Failure = e.Reason.Length <= LongestFailure ? e.Reason : e.Reason[..LongestFailure];
        refund.SettledAt = time.GetUtcNow();

        order.Refunded -= refund.Amount;
        order.ShippingRefunded -= refund.Shipping;
        await db.LoadLinesAsync(order, cancellationToken);
        foreach (var given in refund.Lines)
        {
            var line = order.Lines.Single(line => line.Position == given.Position);
            line.RefundedQuantity -= given.Quantity;
            line.RefundedAmount -= given.Amount;
            line.RefundedTax -= given.Tax;
        }
    }
}
