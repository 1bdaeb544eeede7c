using Microsoft.EntityFrameworkCore;

namespace ShopFlow.Orders.Data;

/// <summary>
/// Whoever changes an order or anything that belongs to it holds the lock of its row first. So the second of two administrators
/// sees what the first has done, and locks are always taken in one order.
/// </summary>
internal static class OrderLocks
{
    /// <summary>The order, which nobody else can change until the transaction ends. Without its lines.</summary>
    public static Task<Order?> LockAsync(this OrdersDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var locked = db.MayWaitForLock()
            ? db.Orders.FromSql($"select * from orders where id = {id} for no key update")
            : db.Orders.FromSql($"select * from orders where id = {id} for no key update nowait");
        return locked.AsTracking().SingleOrDefaultAsync(cancellationToken);
    }

    public static async Task LoadLinesAsync(this OrdersDbContext db, Order order, CancellationToken cancellationToken)
    {
        await db.Entry(order).Collection(o => o.Lines).LoadAsync(cancellationToken);
        order.Lines.Sort((left, right) => left.Position.CompareTo(right.Position));
    }

    /// <summary>A refund and its locked order. Without an id it is the order's only one.</summary>
    /// <exception cref="InvalidOperationException">There is no such refund.</exception>
    public static async Task<(Order Order, Refund Refund)> LockRefundAsync(
        this OrdersDbContext db, Guid orderId, Guid? refundId, CancellationToken cancellationToken)
    {
        var order = await db.LockAsync(orderId, cancellationToken);
        var refunds = await db.Refunds
            .Where(refund => refund.OrderId == orderId && (refundId == null || refund.Id == refundId))
            .Include(refund => refund.Lines)
            .AsTracking()
            .ToListAsync(cancellationToken);

        return order is not null && refunds is [var only]
            ? (order, only)
            : throw new InvalidOperationException($"Order {orderId} has no refund {refundId}.");
    }
}
