using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Contracts;
using ShopFlow.Inventory.Data;
using ShopFlow.Inventory.Stock;
using ShopFlow.Messaging;

namespace ShopFlow.Inventory.Reservations;

/// <summary>Reserves every line of a placed order, or none, and says which.</summary>
internal sealed class ReserveStock(InventoryDbContext db, StockChanges changes, InventoryOptions options, TimeProvider time)
    : IEventHandler<OrderPlaced>
{
    // One reservation per order: a second message for it, and the order whose cancellation has overtaken it, find the place taken.
    private const string Claim = """
        insert into reservations (order_id, state, created_at, expires_at)
        values (@order_id, 'Held', @now, @expires_at)
        on conflict (order_id) do nothing
        returning order_id
        """;

    // Locks are taken in one order, here and in every other statement: first the order's reservation, then the stock by SKU. So
    // two transactions never wait for each other in a circle. After its wait a lock shows the row as the previous holder left
    // it: that figure decides, and nobody can change it until this transaction ends.
    //
    // Every figure of the row is written, from the locked version. PostgreSQL first computes the new row from the version that
    // the statement's snapshot saw, holds the constraints against it, and only then notices that there is a newer one: figures
    // of both versions in one row would not add up.
    private const string Reserve = """
        with wanted as materialized (
            select sku, sum(quantity)::int as quantity
            from unnest(@skus, @quantities) as line (sku, quantity)
            group by sku
        ),
        locked as materialized (
            select s.*, wanted.quantity
            from stock s
            join wanted using (sku)
            order by s.sku
            for no key update of s
        ),
        short as materialized (
            select w.sku
            from wanted w
            left join locked l using (sku)
            where coalesce(l.available, 0) < w.quantity
        ),
        rejected as (
            update reservations
            set state = 'Rejected', rejected_skus = array(select sku from short), settled_at = @now
            where order_id = @order_id
              and exists (select from short)
        ),
        lines as (
            insert into reservation_lines (order_id, sku, quantity)
            select @order_id, sku, quantity
            from wanted
            where not exists (select from short)
        ),
        taken as (
            update stock s
            set available = l.available - l.quantity,
                reserved = l.reserved + l.quantity,
                sold = l.sold,
                adjusted = l.adjusted,
                revision = l.revision + 1,
                updated_at = @now
            from locked l
            where s.sku = l.sku
              and not exists (select from short)
        )
        select sku from short order by sku
        """;

    public async Task HandleAsync(OrderPlaced e, CancellationToken cancellationToken)
    {
        if (await TryClaimAsync(e.OrderId, cancellationToken))
            await ReserveAsync(e, cancellationToken);
        else
            await AnswerAgainAsync(e, cancellationToken);
    }

    private async Task<bool> TryClaimAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        NpgsqlParameter[] parameters = [new("order_id", orderId), new("now", now), new("expires_at", now + options.ReservationTime)];
        return (await db.QueryAsync(Claim, parameters, row => row.GetGuid(0), cancellationToken)).Count == 1;
    }

    private async Task ReserveAsync(OrderPlaced e, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters =
        [
            new("order_id", e.OrderId),
            new("skus", e.Lines.Select(line => line.Sku).ToArray()),
            new("quantities", e.Lines.Select(line => line.Quantity).ToArray()),
            new("now", time.GetUtcNow()),
        ];
        var shortSkus = await db.QueryAsync(Reserve, parameters, row => row.GetString(0), cancellationToken);

        if (shortSkus.Count == 0)
        {
            changes.Mark(e.Lines.Select(line => line.Sku));
            db.Publish(new StockReserved(e.OrderId));
        }
        else
        {
            db.Publish(new StockRejected(e.OrderId, shortSkus));
        }
    }

    private async Task AnswerAgainAsync(OrderPlaced e, CancellationToken cancellationToken)
    {
        var reservation = await db.Reservations.AsNoTracking().SingleAsync(r => r.OrderId == e.OrderId, cancellationToken);
        switch (reservation.State)
        {
            case ReservationState.Held or ReservationState.Confirmed:
                db.Publish(new StockReserved(e.OrderId));
                break;
            case ReservationState.Rejected:
                db.Publish(new StockRejected(e.OrderId, reservation.RejectedSkus!));
                break;
            case ReservationState.Expired:
                db.Publish(new StockRejected(e.OrderId, [.. e.Lines.Select(line => line.Sku).Distinct()]));
                break;
            default:
                // Released or Unfilled: the order has had its answer, or was cancelled before it came here.
                break;
        }
    }
}
