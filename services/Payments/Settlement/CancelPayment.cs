using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments.Settlement;

/// <summary>
/// Keeps the money of a cancelled order from being taken, where it has not been. Where it has, the order asks for a refund when
/// it hears of the capture.
/// </summary>
internal sealed class CancelPayment(PaymentsDbContext db, TimeProvider time) : IEventHandler<OrderCancelled>
{
    public Task HandleAsync(OrderCancelled e, CancellationToken cancellationToken) =>
        db.Payments
            .Where(p => p.OrderId == e.OrderId && (p.State == PaymentState.Requested || p.State == PaymentState.Unknown))
            .ExecuteUpdateAsync(
                set => set.SetProperty(p => p.IsCancelled, true).SetProperty(p => p.UpdatedAt, time.GetUtcNow()),
                cancellationToken);
}
