using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Contracts;
using ShopFlow.Inventory.Data;
using ShopFlow.Inventory.Stock;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Inventory.Reservations;

/// <summary>
/// Reserves every line of a placed order, or none, and says which. Who was first is served first; an order that does not fit
/// leaves what is there to the next one.
/// </summary>
internal sealed class ReserveStock(InventoryDbContext db, StockChanges changes, InventoryOptions options, TimeProvider time)
    : IEventBatchHandler<OrderPlaced>
{
    // One reservation per order: a second message for it, and the order whose cancellation has overtaken it, find the place taken.
    private const string Claim = """
        insert into reservations (order_id, state, created_at, expires_at)
        select order_id, 'Held', @now, @expires_at from unnest(@order_ids) as order_id
        on conflict (order_id) do nothing
        returning order_id
        """;

    // The rows as the last transaction left them: nobody can change them any more until this one ends.
    private const string Lock = """
        select sku, available from stock where sku = any(@skus) order by sku for no key update
        """;

    private const string Take = """
        with taken as (
            select sku, sum(quantity)::int as quantity from unnest(@skus, @quantities) as line (sku, quantity) group by sku
        ),
        lines as (
            insert into reservation_lines (order_id, sku, quantity)
            select order_id, sku, quantity from unnest(@order_ids, @skus, @quantities) as line (order_id, sku, quantity)
        )
        update stock s
        set available = s.available - taken.quantity, reserved = s.reserved + taken.quantity, revision = s.revision + 1, updated_at = @now
        from taken
        where s.sku = taken.sku
        """;

    private const string Reject = """
        update reservations
        set state = 'Rejected', rejected_skus = @skus, settled_at = @now
        where order_id = @order_id
        """;

    public async Task HandleAsync(IReadOnlyList<OrderPlaced> orders, CancellationToken cancellationToken)
    {
        await db.LockStockAsync(cancellationToken);

        var claimed = await ClaimAsync(orders, cancellationToken);
        await ReserveAsync([.. orders.Where(order => claimed.Contains(order.OrderId))], cancellationToken);
        foreach (var order in orders.Where(order => !claimed.Contains(order.OrderId)))
            await AnswerAgainAsync(order, cancellationToken);
    }

    private async Task<HashSet<Guid>> ClaimAsync(IReadOnlyList<OrderPlaced> orders, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        NpgsqlParameter[] parameters =
        [
            new("order_ids", orders.Select(order => order.OrderId).Order().ToArray()),
            new("now", now),
            new("expires_at", now + options.ReservationTime),
        ];
        return [.. await db.QueryAsync(Claim, parameters, row => row.GetGuid(0), cancellationToken)];
    }

    private async Task ReserveAsync(IReadOnlyList<OrderPlaced> orders, CancellationToken cancellationToken)
    {
        var available = await LockAsync(orders, cancellationToken);
        var taken = new List<(Guid OrderId, string Sku, int Quantity)>();
        foreach (var order in orders)
        {
            var lines = order.Lines.GroupBy(line => line.Sku).Select(line => (Sku: line.Key, Quantity: line.Sum(part => part.Quantity))).ToList();
            var missing = lines.Where(line => available.GetValueOrDefault(line.Sku) < line.Quantity).Select(line => line.Sku).Order().ToArray();
            if (missing is not [])
            {
                await RejectAsync(order, missing, cancellationToken);
                continue;
            }

            foreach (var (sku, quantity) in lines)
            {
                available[sku] -= quantity;
                taken.Add((order.OrderId, sku, quantity));
            }

            db.Publish(new StockReserved(order.OrderId), causedBy: order);
        }

        if (taken.Count > 0)
            await TakeAsync(taken, cancellationToken);
    }

    private async Task<Dictionary<string, int>> LockAsync(IReadOnlyList<OrderPlaced> orders, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters = [new("skus", orders.SelectMany(order => order.Lines).Select(line => line.Sku).Distinct().ToArray())];
        var rows = await db.QueryAsync(Lock, parameters, row => (Sku: row.GetString(0), Available: row.GetInt32(1)), cancellationToken);
        return rows.ToDictionary(row => row.Sku, row => row.Available, StringComparer.Ordinal);
    }

    private async Task TakeAsync(IReadOnlyList<(Guid OrderId, string Sku, int Quantity)> taken, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters =
        [
            new("order_ids", taken.Select(line => line.OrderId).ToArray()),
            new("skus", taken.Select(line => line.Sku).ToArray()),
            new("quantities", taken.Select(line => line.Quantity).ToArray()),
            new("now", time.GetUtcNow()),
        ];
        await db.ExecuteAsync(Take, parameters, cancellationToken);
        changes.Mark(taken.Select(line => line.Sku).Distinct());
    }

    private async Task RejectAsync(OrderPlaced order, string[] missing, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters = [new("order_id", order.OrderId), new("skus", missing), new("now", time.GetUtcNow())];
        await db.ExecuteAsync(Reject, parameters, cancellationToken);
        db.Publish(new StockRejected(order.OrderId, missing), causedBy: order);
    }

    private async Task AnswerAgainAsync(OrderPlaced e, CancellationToken cancellationToken)
    {
        var reservation = await db.Reservations.AsNoTracking().SingleAsync(r => r.OrderId == e.OrderId, cancellationToken);
        switch (reservation.State)
        {
            case ReservationState.Held or ReservationState.Confirmed:
                db.Publish(new StockReserved(e.OrderId), causedBy: e);
                break;
            case ReservationState.Rejected:
                db.Publish(new StockRejected(e.OrderId, reservation.RejectedSkus!), causedBy: e);
                break;
            case ReservationState.Expired:
                db.Publish(new StockRejected(e.OrderId, [.. e.Lines.Select(line => line.Sku).Distinct()]), causedBy: e);
                break;
            default:
                // Released or Unfilled: the order has had its answer, or was cancelled before it came here.
                break;
        }
    }
}
