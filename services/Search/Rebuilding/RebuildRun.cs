using Microsoft.EntityFrameworkCore;
using ShopFlow.Search.Data;
using ShopFlow.Search.Following;

namespace ShopFlow.Search.Rebuilding;

/// <summary>
/// Reads the whole catalogue when somebody asked for it, page by page, and drops what it does not tell of any more. Queries are answered
/// meanwhile. One replica does it at a time; if it dies, another goes on from the last page when the lease is over.
/// </summary>
internal sealed class RebuildRun(IServiceScopeFactory scopes, SearchOptions options, TimeProvider time, ILogger<RebuildRun> log)
    : RepeatedWork(options.FollowInterval, time, log)
{
    protected override string Consequence => "The catalogue can't be read for the index";

    /// <summary>Reads a page.</summary>
    /// <inheritdoc/>
    public override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SearchDbContext>();
        if (await LeaseAsync(db, cancellationToken) is not { } rebuild)
            return false;

        try
        {
            var catalog = scope.ServiceProvider.GetRequiredService<CatalogClient>();
            await WriteAsync(db, rebuild, await catalog.ReadPageAsync(rebuild.Position, cancellationToken), cancellationToken);
            return true;
        }
        finally
        {
            await ReleaseAsync(db, rebuild);
        }
    }

    private async Task WriteAsync(SearchDbContext db, Rebuild rebuild, CatalogPage page, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (page.Products.Count > 0)
            await db.WriteAsync(page.Products, rebuild.RequestedAt, cancellationToken);

        if (page.Next is { } next)
            await ProgressAsync(db, rebuild, page.Products.Count, next, cancellationToken);
        else
            await FinishAsync(db, rebuild, page.Products.Count, cancellationToken);

        await transaction.CommitAsync(cancellationToken);
        if (page.Next is null)
            log.LogInformation("Read the whole catalogue: {Count} products", rebuild.Products + page.Products.Count);
    }

    private static async Task<Rebuild?> LeaseAsync(SearchDbContext db, CancellationToken cancellationToken)
    {
        var leased = await db.Rebuilds
            .FromSql($"""
                UPDATE rebuilds SET leased_until = now() + interval '20 seconds'
                WHERE id = (SELECT id FROM rebuilds WHERE finished_at IS NULL AND leased_until < now() FOR UPDATE SKIP LOCKED)
                RETURNING *
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return leased.SingleOrDefault();
    }

    private static Task ProgressAsync(SearchDbContext db, Rebuild rebuild, int products, Guid next, CancellationToken cancellationToken) => db.Rebuilds
        .Where(known => known.Id == rebuild.Id)
        .ExecuteUpdateAsync(
            set => set.SetProperty(known => known.Position, next).SetProperty(known => known.Products, known => known.Products + products),
            cancellationToken);

    private static async Task FinishAsync(SearchDbContext db, Rebuild rebuild, int products, CancellationToken cancellationToken)
    {
        await db.Products.Where(product => product.WrittenAt < rebuild.RequestedAt).ExecuteDeleteAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE rebuilds SET finished_at = now(), products = products + {products} WHERE id = {rebuild.Id}", cancellationToken);
    }

    /// <summary>For the next page, whoever reads it; a stop doesn't leave the others waiting for the lease to end.</summary>
    private static Task ReleaseAsync(SearchDbContext db, Rebuild rebuild) =>
        db.Database.ExecuteSqlAsync($"UPDATE rebuilds SET leased_until = '-infinity' WHERE id = {rebuild.Id}", CancellationToken.None);
}
