using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Recommendations.Catalogue;

/// <summary>Keeps stock levels as inventory last told them, and with them which products are for sale.</summary>
internal sealed class NoteStockLevels(RecommendationsDbContext db) : IEventBatchHandler<StockLevelsChanged>
{
    public async Task HandleAsync(IReadOnlyList<StockLevelsChanged> events, CancellationToken cancellationToken)
    {
        var (skus, available, revisions) = events.Newest();

        await db.TakeTurnAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into stock_levels as known (sku, available, revision)
            select * from unnest({skus}, {available}, {revisions})
            on conflict (sku) do update set available = excluded.available, revision = excluded.revision
            where known.revision < excluded.revision
            """, cancellationToken);

        var products = await db.Database
            .SqlQuery<Guid>($"""select distinct product_id as "Value" from variants where sku = any({skus})""")
            .ToArrayAsync(cancellationToken);
        await db.RefreshForSaleAsync(products, cancellationToken);
    }
}
