using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Search.Data;

namespace ShopFlow.Search.Following;

/// <summary>Keeps what can be bought as inventory last said it; news that arrive out of order are told by their revision.</summary>
internal sealed class KeepStockLevels(SearchDbContext db) : IEventBatchHandler<StockLevelsChanged>
{
    public Task HandleAsync(IReadOnlyList<StockLevelsChanged> events, CancellationToken cancellationToken)
    {
        var (skus, available, revisions) = events.Newest();

        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO stock_levels AS known (sku, available, revision)
            SELECT * FROM unnest({skus}, {available}, {revisions})
            ON CONFLICT (sku) DO UPDATE SET available = excluded.available, revision = excluded.revision, changed_in = excluded.changed_in
            WHERE known.revision < excluded.revision
            """,
            cancellationToken);
    }
}
