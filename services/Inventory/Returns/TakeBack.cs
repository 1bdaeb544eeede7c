using Npgsql;
using ShopFlow.Contracts;
using ShopFlow.Inventory.Data;
using ShopFlow.Inventory.Stock;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Inventory.Returns;

/// <summary>Makes sold units that came back available again, once for each return.</summary>
internal sealed class TakeBack(InventoryDbContext db, StockChanges changes, TimeProvider time) : IEventBatchHandler<ItemsReturned>
{
    // pk_stock_returns lets a return in once. The database refuses more than was sold.
    private const string Statement = """
        with returned as (
            insert into stock_returns (return_id, sku, order_id, quantity, at)
            select @return_id, sku, @order_id, sum(quantity)::int, @now
            from unnest(@skus, @quantities) as line (sku, quantity)
            group by sku
            on conflict (return_id, sku) do nothing
            returning sku, quantity
        )
        update stock s
        set available = s.available + returned.quantity, sold = s.sold - returned.quantity, revision = s.revision + 1, updated_at = @now
        from returned
        where s.sku = returned.sku
        returning s.sku
        """;

    public async Task HandleAsync(IReadOnlyList<ItemsReturned> events, CancellationToken cancellationToken)
    {
        await db.LockStockAsync(cancellationToken);
        foreach (var e in events)
        {
            NpgsqlParameter[] parameters =
            [
                new("return_id", e.ReturnId),
                new("order_id", e.OrderId),
                new("skus", e.Lines.Select(line => line.Sku).ToArray()),
                new("quantities", e.Lines.Select(line => line.Quantity).ToArray()),
                new("now", time.GetUtcNow()),
            ];
            changes.Mark(await db.QueryAsync(Statement, parameters, row => row.GetString(0), cancellationToken));
        }
    }
}
