using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Search.Data;
using ShopFlow.Search.Index;

namespace ShopFlow.Search.Following;

/// <summary>
/// Keeps this replica's index as the database is: it applies what was written since it last looked, and makes the index anew, while the
/// former one answers, after a rebuild or when it is worn.
/// </summary>
internal sealed class IndexFollower(
    IServiceScopeFactory scopes, CurrentIndex current, SearchTelemetry telemetry, SearchOptions options, TimeProvider time, ILogger<IndexFollower> log)
    : RepeatedWork(options.FollowInterval, time, log)
{
    private const int BatchSize = 200;

    private readonly TimeProvider _time = time;
    private long _horizon;
    private Guid _rebuild;

    protected override string Consequence => "The index can't follow its database, and finds what was there before";

    /// <inheritdoc/>
    public override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var askedAt = _time.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SearchDbContext>();
        var state = await ReadStateAsync(db, cancellationToken);
        if (state.Rebuild is not { } rebuild)
            return false;

        if (current.Index is { IsWorn: false } index && rebuild == _rebuild)
            await ApplyAsync(db, index, _horizon, cancellationToken);
        else
            await ReplaceAsync(db, cancellationToken);

        (_rebuild, _horizon) = (rebuild, state.Horizon);
        telemetry.UpToDateAt = state.OldestChange ?? askedAt;
        return false;
    }

    // What transactions below the horizon wrote is visible to every statement that comes later; what others wrote is read again next time.
    // Indexes: ix_product_changes_occurred_at; rebuilds are few.
    private static Task<State> ReadStateAsync(SearchDbContext db, CancellationToken cancellationToken) => db.Database
        .SqlQuery<State>($"""
            SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS "Horizon",
                (SELECT min(occurred_at) FROM product_changes) AS "OldestChange",
                (SELECT id FROM rebuilds WHERE finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 1) AS "Rebuild"
            """)
        .SingleAsync(cancellationToken);

    private async Task ReplaceAsync(SearchDbContext db, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        var index = new SearchIndex();
        await ApplyAsync(db, index, horizon: 0, cancellationToken);
        log.LogInformation("Indexed {Count} products in {Milliseconds:0} ms", index.Count, _time.GetElapsedTime(start).TotalMilliseconds);
        current.Index = index;

        // The making leaves more behind than the index takes, and the former one goes too; nothing else would give that memory back.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>Indexes: ix_stock_levels_changed_in, ix_products_changed_in.</summary>
    private static async Task ApplyAsync(SearchDbContext db, SearchIndex index, long horizon, CancellationToken cancellationToken)
    {
        var levels = db.Stock.AsNoTracking().Where(stock => stock.ChangedIn >= horizon).AsAsyncEnumerable();
        await foreach (var batch in levels.Chunk(BatchSize).WithCancellation(cancellationToken))
            index.Apply(batch.Select(stock => (stock.Sku, stock.Available)));

        var products = db.Products.AsNoTracking().Where(product => product.ChangedIn >= horizon).AsAsyncEnumerable();
        await foreach (var batch in products.Chunk(BatchSize).WithCancellation(cancellationToken))
            index.Apply([.. batch.Select(product => (JsonSerializer.Deserialize(product.Body, SearchJson.Default.CatalogProduct)!, product.ChangedIn))]);
    }

    private sealed record State(long Horizon, DateTimeOffset? OldestChange, Guid? Rebuild);
}
