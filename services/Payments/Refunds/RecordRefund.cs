using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments.Refunds;

/// <summary>Writes down that money goes back, once for each refund; one that names no refund is known by its own id.</summary>
internal sealed class RecordRefund(PaymentsDbContext db, TimeProvider time, ILogger<RecordRefund> logger) : IEventBatchHandler<RefundRequested>
{
    public async Task HandleAsync(IReadOnlyList<RefundRequested> events, CancellationToken cancellationToken)
    {
        // The locks make refunds of one payment come one after the other, so that together they never exceed it.
        var orders = events.Select(e => e.OrderId).Distinct().ToArray();
        var payments = await db.Payments
            .FromSql($"select p.*, p.xmin from payments p where order_id = any({orders}) order by id for no key update")
            .AsNoTracking()
            .ToDictionaryAsync(payment => payment.OrderId, cancellationToken);
        await db.Refunds.Where(refund => orders.Contains(refund.OrderId)).LoadAsync(cancellationToken);

        foreach (var e in events)
        {
            if (!payments.TryGetValue(e.OrderId, out var payment))
                throw new InvalidOperationException($"A refund was requested for order {e.OrderId}, which has no payment.");

            Record(e, payment);
        }
    }

    private void Record(RefundRequested e, Payment payment)
    {
        var id = e.RefundId ?? e.Id;
        var earlier = db.Refunds.Local.Where(refund => refund.OrderId == e.OrderId).ToList();
        if (earlier.Exists(refund => refund.Id == id))
            return;

        var promised = earlier.Where(refund => refund.State is RefundState.Requested or RefundState.Refunded).Sum(refund => refund.Amount);
        if (e.Amount > 0 && e.Currency == payment.Currency && e.Amount <= payment.Amount - promised)
        {
            Add(id, e);
            db.HasDueWork = true;
            return;
        }

        logger.LogWarning(
            "Order {OrderId} asked for {Amount} {Currency} back, but {Promised} of {Paid} {PaymentCurrency} are already promised",
            e.OrderId, e.Amount, e.Currency, promised, payment.Amount, payment.Currency);
        db.Publish(new RefundRejected(e.OrderId, payment.Id, id, e.Amount, e.Currency, "More would go back than was paid."), causedBy: e);
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
