using Npgsql;
using ShopFlow.Contracts;
using ShopFlow.Inventory.Data;
using ShopFlow.Inventory.Stock;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Inventory.Reservations;

/// <summary>Turns the reserved units of a confirmed order into sold ones, once.</summary>
internal sealed class ConfirmReservation(
    InventoryDbContext db, StockChanges changes, TimeProvider time, ILogger<ConfirmReservation> logger)
    : IEventBatchHandler<OrderConfirmed>
{
    // Expiry makes the same conditional change of the same rows: whichever comes first wins, the other finds nothing to change.
    private const string Win = """
        with held as materialized (
            select order_id from reservations where order_id = any(@order_ids) and state = 'Held' order by order_id for update
        )
        update reservations r
        set state = 'Confirmed', settled_at = @now
        from held
        where r.order_id = held.order_id
        returning r.order_id
        """;

    private const string Sell = """
        with lines as materialized (
            select sku, sum(quantity)::int as quantity from reservation_lines where order_id = any(@order_ids) group by sku
        )
        update stock s
        set reserved = s.reserved - lines.quantity, sold = s.sold + lines.quantity, updated_at = @now
        from lines
        where s.sku = lines.sku
        """;

    // The customer has paid, so an expired reservation is filled from what is available now. If that is not enough the order is
    // Unfilled: the audit shows it, and the sweeper tries again until stock arrives or the order is cancelled.
    //
    // Every figure of the row is written, from the locked version. PostgreSQL first computes the new row from the version that
    // the statement's snapshot saw, holds the constraints against it, and only then notices that there is a newer one: figures
    // of both versions in one row would not add up.
    private const string Fill = """
        with late as materialized (
            select order_id, state from reservations
            where order_id = @order_id and state in ('Expired', 'Unfilled')
            for update
        ),
        lines as materialized (
            select sku, quantity from reservation_lines join late using (order_id)
        ),
        locked as materialized (
            select s.*, lines.quantity from stock s join lines using (sku) order by s.sku for no key update of s
        ),
        short as materialized (
            select sku from locked where available < quantity
        ),
        outcome as (
            update reservations r
            set state = case when exists (select from short) then 'Unfilled' else 'Confirmed' end,
                settled_at = @now
            from late
            where r.order_id = late.order_id
              and (late.state = 'Expired' or not exists (select from short))
            returning r.state
        ),
        sold as (
            update stock s
            set available = l.available - l.quantity,
                reserved = l.reserved,
                sold = l.sold + l.quantity,
                adjusted = l.adjusted,
                revision = l.revision + 1,
                updated_at = @now
            from locked l
            where s.sku = l.sku
              and exists (select from outcome where state = 'Confirmed')
            returning s.sku
        )
        select (select state from outcome), array(select sku from sold)
        """;

    private const string Existing = "select state from reservations where order_id = @order_id";

    public async Task HandleAsync(IReadOnlyList<OrderConfirmed> orders, CancellationToken cancellationToken)
    {
        await db.LockStockAsync(cancellationToken);

        var sold = await SellHeldAsync([.. orders.Select(order => order.OrderId)], cancellationToken);
        foreach (var order in orders.Where(order => !sold.Contains(order.OrderId)))
            await SellLateAsync(order, cancellationToken);
    }

    private async Task SellLateAsync(OrderConfirmed e, CancellationToken cancellationToken)
    {
        switch (await StateAsync(e.OrderId, cancellationToken))
        {
            case ReservationState.Confirmed:
                break;
            case ReservationState.Released:
                logger.LogInformation("Order {OrderId} was cancelled after it had been confirmed; its stock stays released", e.OrderId);
                break;
            case ReservationState.Expired or ReservationState.Unfilled:
                if (!await FillAsync(e.OrderId, cancellationToken))
                    logger.LogError("Order {OrderId} was confirmed after its reservation had expired, and the goods are gone", e.OrderId);
                break;
            case var state:
                throw new InvalidOperationException($"Order {e.OrderId} is confirmed, but its reservation is {state?.ToString() ?? "missing"}.");
        }
    }

    /// <summary>Sells an expired order's units from what is available. False: there are not enough of them yet.</summary>
    public async Task<bool> FillAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var outcomes = await db.QueryAsync(
            Fill,
            [new("order_id", orderId), new("now", time.GetUtcNow())],
            row => (Filled: !row.IsDBNull(0) && row.GetString(0) == nameof(ReservationState.Confirmed), Skus: row.GetFieldValue<string[]>(1)),
            cancellationToken);

        var (filled, skus) = outcomes.Single();
        changes.Mark(skus);
        return filled;
    }

    private async Task<HashSet<Guid>> SellHeldAsync(Guid[] orderIds, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] candidates = [new("order_ids", orderIds), new("now", time.GetUtcNow())];
        var won = await db.QueryAsync(Win, candidates, row => row.GetGuid(0), cancellationToken);
        if (won.Count > 0)
            await db.ExecuteAsync(Sell, [new("order_ids", won.ToArray()), new("now", time.GetUtcNow())], cancellationToken);

        return [.. won];
    }

    private async Task<ReservationState?> StateAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var states = await db.QueryAsync(
            Existing, [new("order_id", orderId)], row => Enum.Parse<ReservationState>(row.GetString(0)), cancellationToken);
        return states is [var state] ? state : null;
    }
}
