using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Refunds;

/// <summary>Notes that a promised refund was paid, and tells the shopper.</summary>
internal sealed class PaymentRefundedHandler(OrdersDbContext db, TimeProvider time) : IEventHandler<PaymentRefunded>
{
    public async Task HandleAsync(PaymentRefunded e, CancellationToken cancellationToken)
    {
        var (order, refund) = await db.LockRefundAsync(e.OrderId, e.RefundId, cancellationToken);
        if (refund.State is RefundState.Paid)
            return;

        // What it promised may have been promised again meanwhile: somebody has to look.
        if (refund.State is RefundState.Rejected)
            throw new InvalidOperationException($"Refund {refund.Id} was paid after it had been rejected.");

        refund.State = RefundState.Paid;
        refund.SettledAt = time.GetUtcNow();
        db.Publish(new OrderRefunded(order.Id, refund.Id, order.UserId, order.Email, refund.Amount, order.Currency));
    }
}
