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
        // In the order of the SKUs, so that two batches that touch the same rows never wait for each other in a circle.
        var levels = events
            .SelectMany(e => e.Levels)
            .GroupBy(level => level.Sku)
            .Select(news => news.MaxBy(level => level.Revision)!)
            .OrderBy(level => level.Sku, StringComparer.Ordinal)
            .ToList();
        var skus = levels.ConvertAll(level => level.Sku);
        var available = levels.ConvertAll(level => level.Available);
        var revisions = levels.ConvertAll(level => level.Revision);

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
