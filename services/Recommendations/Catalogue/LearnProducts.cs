using Microsoft.EntityFrameworkCore;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Recommendations.Catalogue;

/// <summary>Asks the catalogue about products that have changed, and keeps what it says. Replicas share the work by leases.</summary>
internal sealed class LearnProducts(RecommendationsDbContext db, CatalogueClient catalogue, TimeProvider time)
{
    // Longer than all attempts to read from the catalogue.
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(20);

    private sealed record Changed(Guid Id, long Announced);

    /// <summary>One question; zero when there is nothing to learn.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var changed = await LeaseAsync(cancellationToken);
        if (changed is [])
            return 0;

        try
        {
            var found = await catalogue.FindAsync(changed.ConvertAll(product => product.Id), currency: null, cancellationToken);
            await KeepAsync(changed, found, cancellationToken);
        }
        catch
        {
            await ReleaseAsync(changed);
            throw;
        }

        return changed.Count;
    }

    // ix_products_to_learn. What somebody writes to just now is left for the next time: nobody waits here, so it takes no turn.
    private Task<List<Changed>> LeaseAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return db.Database.SqlQuery<Changed>($"""
            with due as materialized (
                select id from products
                where learnt < announced and (leased_until is null or leased_until < {now})
                order by id
                limit {CatalogueClient.MostProducts}
                for no key update skip locked
            )
            update products p set leased_until = {now + s_lease} from due where p.id = due.id
            returning p.id as "Id", p.announced as "Announced"
            """).ToListAsync(cancellationToken);
    }

    /// <summary>What could not be learnt is asked about again soon, by whoever comes first.</summary>
    private async Task ReleaseAsync(List<Changed> changed)
    {
        var ids = changed.ConvertAll(product => product.Id);
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await db.TakeTurnAsync(CancellationToken.None);
        await db.Database.ExecuteSqlAsync($"update products set leased_until = null where id = any({ids})", CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private async Task KeepAsync(List<Changed> changed, IReadOnlyList<CatalogueProduct> found, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(cancellationToken);
        await KeepProductsAsync(changed, found, cancellationToken);
        await KeepVariantsAsync(found, cancellationToken);
        await db.RefreshForSaleAsync([.. changed.Select(product => product.Id)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // Learnt is what had been announced when the catalogue was asked: a change that came meanwhile is asked about again.
    private Task KeepProductsAsync(List<Changed> changed, IReadOnlyList<CatalogueProduct> found, CancellationToken cancellationToken)
    {
        var categories = found.ToDictionary(product => product.Id, product => product.Category);
        var ids = changed.ConvertAll(product => product.Id);
        var announced = changed.ConvertAll(product => product.Announced);
        var known = changed.ConvertAll(product => categories.GetValueOrDefault(product.Id));
        return db.Database.ExecuteSqlAsync($"""
            update products p
            set category = coalesce(told.category, p.category), is_active = told.category is not null, learnt = told.announced, leased_until = null
            from unnest({ids}, {announced}, {known}) as told (id, announced, category)
            where p.id = told.id
            """, cancellationToken);
    }

    // The catalogue's word on stock counts only for a SKU that inventory has not spoken of.
    private async Task KeepVariantsAsync(IReadOnlyList<CatalogueProduct> found, CancellationToken cancellationToken)
    {
        var ids = found.Select(product => product.Id).ToArray();
        var variants = found.SelectMany(product => product.Variants.Select(variant => (variant.Sku, product.Id, variant.Available))).ToList();
        var skus = variants.ConvertAll(variant => variant.Sku);
        var products = variants.ConvertAll(variant => variant.Id);
        var available = variants.ConvertAll(variant => variant.Available);

        await db.Database.ExecuteSqlAsync($"delete from variants where product_id = any({ids}) and sku <> all({skus})", cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into variants (sku, product_id) select * from unnest({skus}, {products})
            on conflict (sku) do update set product_id = excluded.product_id
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into stock_levels (sku, available, revision) select sku, available, 0 from unnest({skus}, {available}) as told (sku, available)
            on conflict (sku) do nothing
            """, cancellationToken);
    }
}
