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
    // The order of the locks is that of the SKUs, in this and in every other statement, so that two orders never wait for each
    // other in a circle. After its wait a lock shows the row as the previous holder left it: that figure decides, and nobody
    // can change it until this transaction ends. A second message for the order, and the tombstone of a cancellation that
    // overtook it, meet the primary key of reservations: then nothing is claimed and nothing is taken.
    private const string Statement = """
        with wanted as materialized (
            select sku, sum(quantity)::int as quantity
            from unnest(@skus, @quantities) as line (sku, quantity)
            group by sku
        ),
        locked as materialized (
            select s.sku, s.available
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
        claimed as (
            insert into reservations (order_id, state, created_at, expires_at, rejected_skus)
            select @order_id,
                   case when exists (select from short) then 'Rejected' else 'Held' end,
                   @now,
                   @expires_at,
                   (select array_agg(sku order by sku) from short)
            on conflict (order_id) do nothing
            returning state, rejected_skus
        ),
        lines as (
            insert into reservation_lines (order_id, sku, quantity)
            select @order_id, sku, quantity
            from wanted
            where exists (select from claimed where state = 'Held')
        ),
        taken as (
            update stock s
            set available = s.available - w.quantity,
                reserved = s.reserved + w.quantity,
                revision = s.revision + 1,
                updated_at = @now
            from wanted w
            join locked using (sku)
            where s.sku = w.sku
              and exists (select from claimed where state = 'Held')
        )
        select state, rejected_skus from claimed
        """;

    private const string Existing = "select state, rejected_skus from reservations where order_id = @order_id";

    private sealed record Outcome(ReservationState State, string[] RejectedSkus);

    public async Task HandleAsync(OrderPlaced e, CancellationToken cancellationToken)
    {
        var outcome = await ReserveAsync(e, cancellationToken);
        if (outcome is { State: ReservationState.Held })
            changes.Mark(e.Lines.Select(line => line.Sku));

        outcome ??= (await db.QueryAsync(Existing, [new("order_id", e.OrderId)], ReadOutcome, cancellationToken)).Single();

        switch (outcome.State)
        {
            case ReservationState.Held or ReservationState.Confirmed:
                db.Publish(new StockReserved(e.OrderId));
                break;
            case ReservationState.Rejected:
                db.Publish(new StockRejected(e.OrderId, outcome.RejectedSkus));
                break;
            case ReservationState.Expired:
                db.Publish(new StockRejected(e.OrderId, [.. e.Lines.Select(line => line.Sku).Distinct()]));
                break;
            default:
                // Released or Unfilled: the order has had its answer, or was cancelled before it came here.
                break;
        }
    }

    private async Task<Outcome?> ReserveAsync(OrderPlaced e, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        NpgsqlParameter[] parameters =
        [
            new("order_id", e.OrderId),
            new("skus", e.Lines.Select(line => line.Sku).ToArray()),
            new("quantities", e.Lines.Select(line => line.Quantity).ToArray()),
            new("now", now),
            new("expires_at", now + options.ReservationTime),
        ];
        return (await db.QueryAsync(Statement, parameters, ReadOutcome, cancellationToken)).SingleOrDefault();
    }

    private static Outcome ReadOutcome(NpgsqlDataReader row) => new(
        Enum.Parse<ReservationState>(row.GetString(0)),
        row.IsDBNull(1) ? [] : row.GetFieldValue<string[]>(1));
}
