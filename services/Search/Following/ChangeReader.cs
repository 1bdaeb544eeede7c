using Microsoft.EntityFrameworkCore;
using ShopFlow.Search.Data;

namespace ShopFlow.Search.Following;

/// <summary>
/// Reads changed products from the catalogue and writes them down. Replicas share the work by leases; while the catalogue is away the changes
/// wait, and the lag grows.
/// </summary>
internal sealed class ChangeReader(IServiceScopeFactory scopes, SearchOptions options, TimeProvider time, ILogger<ChangeReader> log)
    : RepeatedWork(options.FollowInterval, time, log)
{
    protected override string Consequence => "Changed products can't be read from the catalogue, and are found as they were";

    /// <inheritdoc/>
    public override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SearchDbContext>();
        var changes = await LeaseAsync(db, cancellationToken);
        if (changes.Count == 0)
            return false;

        try
        {
            var catalog = scope.ServiceProvider.GetRequiredService<CatalogClient>();
            var products = await catalog.ReadAsync(changes.ConvertAll(change => change.ProductId), cancellationToken);

            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.WriteAsync(products, since: null, cancellationToken);
            await EndAsync(db, changes, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch
        {
            await ReleaseAsync(db, changes);
            throw;
        }

        return changes.Count == CatalogClient.MostProducts;
    }

    // Indexes: ix_product_changes_occurred_at, pk_product_changes. Materialized, since the planner would otherwise look for due ones again for each
    // row, when an import has just filled an empty table. A lease is longer than all attempts to read from the catalogue.
    private static Task<List<ProductChange>> LeaseAsync(SearchDbContext db, CancellationToken cancellationToken) => db.Changes
        .FromSql($"""
            WITH due AS MATERIALIZED (
                SELECT product_id FROM product_changes WHERE leased_until < now()
                ORDER BY occurred_at LIMIT {CatalogClient.MostProducts} FOR UPDATE SKIP LOCKED
            )
            UPDATE product_changes c SET leased_until = now() + interval '20 seconds' FROM due WHERE c.product_id = due.product_id
            RETURNING c.*
            """)
        .AsNoTracking()
        .ToListAsync(cancellationToken);

    /// <summary>What could not be read is tried again soon, by whoever comes first.</summary>
    private static Task ReleaseAsync(SearchDbContext db, List<ProductChange> changes)
    {
        var products = changes.ConvertAll(change => change.ProductId);
        return db.Database.ExecuteSqlAsync(
            $"UPDATE product_changes SET leased_until = '-infinity' WHERE product_id = ANY({products})", CancellationToken.None);
    }

    /// <summary>A change that was told again meanwhile stays.</summary>
    private static Task EndAsync(SearchDbContext db, List<ProductChange> changes, CancellationToken cancellationToken)
    {
        var products = changes.ConvertAll(change => change.ProductId);
        var events = changes.ConvertAll(change => change.EventId);
        return db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM product_changes c USING unnest({products}, {events}) AS read (product_id, event_id)
            WHERE c.product_id = read.product_id AND c.event_id = read.event_id
            """,
            cancellationToken);
    }
}
