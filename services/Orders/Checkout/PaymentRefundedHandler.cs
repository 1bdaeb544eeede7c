using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Checkout;

internal sealed class PaymentRefundedHandler(OrdersDbContext db) : IEventHandler<PaymentRefunded>
{
    public Task HandleAsync(PaymentRefunded e, CancellationToken cancellationToken) =>
        db.Orders
            .Where(order => order.Id == e.OrderId)
            .ExecuteUpdateAsync(order => order.SetProperty(o => o.RefundedAt, e.OccurredAt), cancellationToken);
}
