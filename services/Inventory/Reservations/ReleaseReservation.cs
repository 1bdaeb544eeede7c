using Npgsql;
using ShopFlow.Contracts;
using ShopFlow.Inventory.Data;
using ShopFlow.Inventory.Stock;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Inventory.Reservations;

/// <summary>Makes the units of a cancelled order available again, once; also those of one that had been confirmed.</summary>
internal sealed class ReleaseReservation(InventoryDbContext db, StockChanges changes, TimeProvider time) : IEventBatchHandler<OrderCancelled>
{
    // Events of different kinds may overtake each other. The tombstone makes the order that comes later find its place taken.
    private const string Tombstone = """
        insert into reservations (order_id, state, created_at, expires_at, settled_at)
        values (@order_id, 'Released', @now, @now, @now)
        on conflict (order_id) do nothing
        returning order_id
        """;

    // Why every figure is written: see ConfirmReservation.
    private const string Release = """
        with old as materialized (
            select order_id, state from reservations
            where order_id = @order_id and state in ('Held', 'Confirmed', 'Expired', 'Unfilled')
            for update
        ),
        released as (
            update reservations r
            set state = 'Released', settled_at = @now
            from old
            where r.order_id = old.order_id
            returning r.order_id, old.state
        ),
        lines as materialized (
            select l.sku, l.quantity, r.state
            from reservation_lines l
            join released r using (order_id)
            where r.state in ('Held', 'Confirmed')
        ),
        locked as materialized (
            select s.*, lines.quantity, lines.state
            from stock s
            join lines using (sku)
            order by s.sku
            for no key update of s
        ),
        returned as (
            update stock s
            set available = l.available + l.quantity,
                reserved = l.reserved - case l.state when 'Held' then l.quantity else 0 end,
                sold = l.sold - case l.state when 'Confirmed' then l.quantity else 0 end,
                adjusted = l.adjusted,
                revision = l.revision + 1,
                updated_at = @now
            from locked l
            where s.sku = l.sku
            returning s.sku
        )
        select sku from returned
        """;

    public async Task HandleAsync(IReadOnlyList<OrderCancelled> orders, CancellationToken cancellationToken)
    {
        await db.LockStockAsync(cancellationToken);
        foreach (var order in orders)
            await ReleaseAsync(order, cancellationToken);
    }

    private async Task ReleaseAsync(OrderCancelled e, CancellationToken cancellationToken)
    {
        var isTombstone = (await db.QueryAsync(Tombstone, Parameters(e.OrderId), row => row.GetGuid(0), cancellationToken)).Count == 1;
        if (isTombstone)
            return;

        changes.Mark(await db.QueryAsync(Release, Parameters(e.OrderId), row => row.GetString(0), cancellationToken));
    }

    private NpgsqlParameter[] Parameters(Guid orderId) => [new("order_id", orderId), new("now", time.GetUtcNow())];
}
