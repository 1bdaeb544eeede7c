using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments.Refunds;

/// <summary>Writes down that money goes back, once for each refund; one that names no refund is known by its own id.</summary>
internal sealed class RecordRefund(PaymentsDbContext db, TimeProvider time, ILogger<RecordRefund> logger) : IEventHandler<RefundRequested>
{
    public async Task HandleAsync(RefundRequested e, CancellationToken cancellationToken)
    {
        // The lock makes refunds of one payment come one after the other, so that together they never exceed it.
        var payment = await db.Payments
            .FromSql($"select p.*, p.xmin from payments p where order_id = {e.OrderId} for update")
            .AsNoTracking()
            .ToListAsync(cancellationToken) is [var found]
                ? found
                : throw new InvalidOperationException($"A refund was requested for order {e.OrderId}, which has no payment.");

        var earlier = await db.Refunds.Where(r => r.OrderId == e.OrderId).ToListAsync(cancellationToken);
        var id = e.RefundId ?? e.Id;
        if (earlier.Any(r => r.Id == id))
            return;

        var promised = earlier.Where(r => r.State is RefundState.Requested or RefundState.Refunded).Sum(r => r.Amount);
        var fits = e.Amount > 0 && e.Currency == payment.Currency && promised + e.Amount <= payment.Amount;
        if (!fits)
        {
            logger.LogWarning(
                "Order {OrderId} asked for {Amount} {Currency} back, but {Promised} of {Paid} {PaymentCurrency} are already promised",
                e.OrderId, e.Amount, e.Currency, promised, payment.Amount, payment.Currency);
            db.Publish(new RefundRejected(e.OrderId, payment.Id, id, e.Amount, e.Currency, "More would go back than was paid."), causedBy: e);
            return;
        }

        Add(id, e);
        db.HasDueWork = true;
    }

    private void Add(Guid id, RefundRequested e)
    {
        var now = time.GetUtcNow();
        db.Refunds.Add(new()
        {
            Id = id,
            OrderId = e.OrderId,
            Amount = e.Amount,
            Currency = e.Currency,
            Reason = e.Reason,
            State = RefundState.Requested,
            DueAt = now,
            CreatedAt = now,
            UpdatedAt = now,
        });
    }
}
