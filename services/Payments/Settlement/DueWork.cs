using Microsoft.EntityFrameworkCore;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments.Settlement;

/// <summary>
/// Claims due payments and refunds for one worker. A claim moves the due time past the lease: if the worker dies, the row is due
/// again by itself.
/// </summary>
internal sealed class DueWork(PaymentsDbContext db, PaymentsOptions options, TimeProvider time)
{
    // ix_payments_due
    public Task<List<Payment>> ClaimPaymentsAsync(int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return db.Payments.FromSql($"""
            update payments p
            set attempts = p.attempts + 1, due_at = {now + options.Lease}
            from (
                select id from payments
                where due_at <= {now}
                order by due_at
                limit {limit}
                for update skip locked
            ) due
            where p.id = due.id
            returning p.*, p.xmin
            """).AsNoTracking().ToListAsync(cancellationToken);
    }

    // ix_refunds_due
    public Task<List<Refund>> ClaimRefundsAsync(int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return db.Refunds.FromSql($"""
            update refunds r
            set attempts = r.attempts + 1, due_at = {now + options.Lease}
            from (
                select id from refunds
                where due_at <= {now}
                order by due_at
                limit {limit}
                for update skip locked
            ) due
            where r.id = due.id
            returning r.*, r.xmin
            """).AsNoTracking().ToListAsync(cancellationToken);
    }
}
