using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Inventory.Data;
using ShopFlow.Messaging;

namespace ShopFlow.Inventory.Stock;

/// <summary>Gives a SKU that the catalogue has just added a row without stock, so that an administrator can set it.</summary>
internal sealed class ListNewSkus(InventoryDbContext db, StockChanges changes, TimeProvider time) : IEventHandler<ProductsChanged>
{
    public async Task HandleAsync(ProductsChanged e, CancellationToken cancellationToken)
    {
        var skus = e.Skus.ToArray();
        await db.Database.ExecuteSqlAsync($"""
            insert into stock (sku, initial, available, updated_at)
            select distinct sku, 0, 0, {time.GetUtcNow()} from unnest({skus}) as sku
            order by sku
            on conflict (sku) do nothing
            """, cancellationToken);
        changes.Mark(skus);
    }
}
