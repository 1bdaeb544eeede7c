using Microsoft.EntityFrameworkCore;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Recommendations.Catalogue;

/// <summary>Asks the catalogue about products that have changed, and keeps what it says.</summary>
internal sealed class LearnProducts(RecommendationsDbContext db, CatalogueClient catalogue)
{
    private sealed record Changed(Guid Id, long Announced);

    /// <summary>One question; zero when there is nothing to learn.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // ix_products_to_learn
        var changed = await db.Products
            .Where(product => product.Learnt < product.Announced)
            .OrderBy(product => product.Id)
            .Select(product => new Changed(product.Id, product.Announced))
            .Take(CatalogueClient.MostProducts)
            .ToListAsync(cancellationToken);
        if (changed is [])
            return 0;

        var found = await catalogue.FindAsync(changed.ConvertAll(product => product.Id), currency: null, cancellationToken);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(cancellationToken);
        await KeepProductsAsync(changed, found, cancellationToken);
        await KeepVariantsAsync(found, cancellationToken);
        await db.RefreshForSaleAsync([.. changed.Select(product => product.Id)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changed.Count;
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
            set category = coalesce(told.category, p.category), is_active = told.category is not null, learnt = told.announced
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
