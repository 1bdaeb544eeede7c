using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments.Settlement;

/// <summary>
/// Keeps the money of a cancelled order from being taken, where it has not been. Where it has, the order asks for a refund when
/// it hears of the capture.
/// </summary>
internal sealed class CancelPayment(PaymentsDbContext db, TimeProvider time) : IEventBatchHandler<OrderCancelled>
{
    // ux_payments_order_id. A challenge is given up at once. Others wait for their turn: what their worker calls must have ended.
    public async Task HandleAsync(IReadOnlyList<OrderCancelled> events, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var cancelled = await db.Database.ExecuteSqlAsync($"""
            update payments p
            set is_cancelled = true, updated_at = {now}, due_at = case when p.state = 'Challenged' then {now} else p.due_at end
            from (
                select id from payments
                where order_id = any({events.Select(e => e.OrderId).ToArray()}) and state in ('Requested', 'Unknown', 'Challenged')
                order by id
                for no key update
            ) unsettled
            where p.id = unsettled.id
            """, cancellationToken);
        db.HasDueWork |= cancelled > 0;
    }
}
