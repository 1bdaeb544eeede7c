using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments.Settlement;

/// <summary>Writes down that an order is to be paid. The provider is called later, outside this transaction.</summary>
internal sealed class RecordPayment(PaymentsDbContext db, TimeProvider time) : IEventHandler<PaymentRequested>
{
    public async Task HandleAsync(PaymentRequested e, CancellationToken cancellationToken)
    {
        if (!await TryRecordAsync(e, cancellationToken))
            await AnswerAgainAsync(e.OrderId, cancellationToken);
    }

    // ux_payments_order_id makes it one payment per order.
    private async Task<bool> TryRecordAsync(PaymentRequested e, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var recorded = await db.Database.ExecuteSqlAsync($"""
            insert into payments (id, order_id, user_id, amount, currency, method, state, trace_parent, due_at, created_at, updated_at)
            values ({Guid.CreateVersion7(now)}, {e.OrderId}, {e.UserId}, {e.Amount}, {e.Currency}, {e.PaymentMethod},
                    'Requested', {Activity.Current?.Id}, {now}, {now}, {now})
            on conflict (order_id) do nothing
            """, cancellationToken);
        db.HasDueWork |= recorded == 1;
        return recorded == 1;
    }

    private async Task AnswerAgainAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var payment = await db.Payments.AsNoTracking().SingleAsync(p => p.OrderId == orderId, cancellationToken);
        if (payment.Outcome() is { } outcome)
            db.Publish(outcome);
    }
}
