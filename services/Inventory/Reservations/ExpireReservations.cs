using Npgsql;
using ShopFlow.Inventory.Data;
using ShopFlow.Inventory.Stock;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Inventory.Reservations;

/// <summary>Frees the units of reservations that nobody confirmed in time.</summary>
internal sealed class ExpireReservations(InventoryDbContext db, StockChanges changes, TimeProvider time)
{
    private const int BatchSize = 100;

    // ix_reservations_held finds the due ones. A row that somebody is settling right now is skipped, and so are the rows of
    // another replica's sweep.
    // Why every figure is written: see ConfirmReservation.
    private const string Statement = """
        with due as materialized (
            select order_id from reservations
            where state = 'Held' and expires_at <= @now
            order by expires_at
            limit @batch_size
            for update skip locked
        ),
        expired as (
            update reservations r
            set state = 'Expired', settled_at = @now
            from due
            where r.order_id = due.order_id
            returning r.order_id
        ),
        lines as materialized (
            select sku, sum(quantity)::int as quantity
            from reservation_lines
            join expired using (order_id)
            group by sku
        ),
        locked as materialized (
            select s.*, lines.quantity from stock s join lines using (sku) order by s.sku for no key update of s
        ),
        returned as (
            update stock s
            set available = l.available + l.quantity,
                reserved = l.reserved - l.quantity,
                sold = l.sold,
                adjusted = l.adjusted,
                revision = l.revision + 1,
                updated_at = @now
            from locked l
            where s.sku = l.sku
            returning s.sku
        )
        select (select count(*) from expired), array(select sku from returned)
        """;

    /// <summary>Expires what is due, in batches of their own transaction.</summary>
    /// <returns>The number of expired reservations.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int count;
        do
        {
            count = await ExpireBatchAsync(cancellationToken);
            total += count;
        }
        while (count == BatchSize);
        return total;
    }

    private async Task<int> ExpireBatchAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockStockAsync(cancellationToken);
        NpgsqlParameter[] parameters = [new("now", time.GetUtcNow()), new("batch_size", BatchSize)];
        var batches = await db.QueryAsync(
            Statement, parameters, row => (Count: (int)row.GetInt64(0), Skus: row.GetFieldValue<string[]>(1)), cancellationToken);

        var (count, skus) = batches.Single();
        changes.Mark(skus);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }
}
