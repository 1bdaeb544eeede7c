using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments.Settlement;

/// <summary>Writes down that orders are to be paid. The provider is called later, outside this transaction.</summary>
internal sealed class RecordPayment(PaymentsDbContext db, TimeProvider time) : IEventBatchHandler<PaymentRequested>
{
    public async Task HandleAsync(IReadOnlyList<PaymentRequested> events, CancellationToken cancellationToken)
    {
        var recorded = await RecordAsync(events, cancellationToken);
        db.HasDueWork |= recorded.Count > 0;

        foreach (var e in events.Where(e => !recorded.Contains(e.OrderId)))
            await AnswerAgainAsync(e, cancellationToken);
    }

    // ux_payments_order_id makes it one payment per order.
    private async Task<HashSet<Guid>> RecordAsync(IReadOnlyList<PaymentRequested> events, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var orders = await db.Database
            .SqlQuery<Guid>($"""
                insert into payments (id, order_id, user_id, amount, currency, method, state, trace_parent, due_at, created_at, updated_at)
                select id, order_id, user_id, amount, currency, method, 'Requested', trace_parent, {now}, {now}, {now}
                from unnest(
                    {events.Select(_ => Guid.CreateVersion7(now)).ToArray()},
                    {events.Select(e => e.OrderId).ToArray()},
                    {events.Select(e => e.UserId).ToArray()},
                    {events.Select(e => e.Amount).ToArray()},
                    {events.Select(e => e.Currency).ToArray()},
                    {events.Select(e => e.PaymentMethod).ToArray()},
                    {events.Select(e => e.TraceParent).ToArray()}) as requested (id, order_id, user_id, amount, currency, method, trace_parent)
                order by order_id
                on conflict (order_id) do nothing
                returning order_id as "Value"
                """)
            .ToListAsync(cancellationToken);
        return [.. orders];
    }

    private async Task AnswerAgainAsync(PaymentRequested e, CancellationToken cancellationToken)
    {
        var payment = await db.Payments.AsNoTracking().SingleAsync(p => p.OrderId == e.OrderId, cancellationToken);
        if (payment.Event() is { } outcome)
            db.Publish(outcome, causedBy: e);
    }
}
