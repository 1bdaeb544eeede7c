using Microsoft.EntityFrameworkCore;
using ShopFlow.Catalog.Data;
using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Catalog.Stock;

/// <summary>
/// Keeps <c>available</c> as inventory last said it, for all events that wait in one statement; news that arrive out of order are
/// told by their revision.
/// </summary>
internal sealed class StockLevelsChangedHandler(CatalogDbContext db) : IEventBatchHandler<StockLevelsChanged>
{
    public Task HandleAsync(IReadOnlyList<StockLevelsChanged> events, CancellationToken cancellationToken)
    {
        var (skus, available, revisions) = events.Newest();

        return db.Database.ExecuteSqlAsync(
            $"""
            WITH changed AS (
                INSERT INTO stock_levels AS known (sku, available, revision)
                SELECT * FROM unnest({skus}, {available}, {revisions})
                ON CONFLICT (sku) DO UPDATE SET available = excluded.available, revision = excluded.revision
                WHERE known.revision < excluded.revision
                RETURNING sku
            )
            INSERT INTO stock_changes (levels) SELECT count(*) FROM changed HAVING count(*) > 0
            """,
            cancellationToken);
    }
}
