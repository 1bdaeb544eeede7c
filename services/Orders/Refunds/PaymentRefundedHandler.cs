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

        refund.State = RefundState.Paid;
        refund.SettledAt = time.GetUtcNow();
        db.Publish(new OrderRefunded(order.Id, refund.Id, order.UserId, order.Email, refund.Amount, order.Currency));
    }
}
