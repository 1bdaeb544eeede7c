using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Catalog.Caching;
using ShopFlow.Catalog.Data;
using ShopFlow.Contracts;

namespace ShopFlow.Catalog.Products;

/// <summary>Reads a page of the product list: one statement for the rows, one for the total.</summary>
internal static class ProductPages
{
    public static async Task<CachedResponse?> MakeAsync(CatalogDbContext db, ProductQuery query, CancellationToken cancellationToken)
    {
        var matching = db.Products.Where(product => product.Status == ProductStatus.Active);

        // The tree is two levels deep: a category is asked for by its own slug or by its parent's.
        if (query.Category is { } slug)
        {
            var branch = db.Categories.Where(category => category.Slug == slug || category.ParentSlug == slug).Select(category => category.Slug);
            matching = matching.Where(product => branch.Contains(product.CategorySlug));
        }

        var total = await matching.CountAsync(cancellationToken);
        var page = await ReadAsync(db, matching, query, cancellationToken);
        var hasMore = page.Count > query.Limit;
        var products = page.Take(query.Limit).ToList();

        var list = new ProductList(products, total, hasMore ? ProductQuery.Encode(products[^1].Id) : null);
        return CachedResponse.Create(JsonSerializer.SerializeToUtf8Bytes(list, CatalogJson.Default.ProductList), MediaTypes.Json);
    }

    /// <summary>One product more than the page holds, to know whether another page follows.</summary>
    private static async Task<List<ProductSummary>> ReadAsync(
        CatalogDbContext db, IQueryable<Product> matching, ProductQuery query, CancellationToken cancellationToken)
    {
        if (query.After is { } after)
            matching = matching.Where(product => product.Id > after);

        // Indexes: ix_products_active or ix_products_active_category, ix_variants_product_id, pk_prices, pk_stock_levels.
        var rows = await (
            from product in matching.OrderBy(product => product.Id).Take(query.Limit + 1)
            join variant in db.Variants on product.Id equals variant.ProductId
            join price in db.Prices.Where(price => price.Currency == query.Currency) on variant.Sku equals price.Sku
            join level in db.StockLevels on variant.Sku equals level.Sku into levels
            from level in levels.DefaultIfEmpty()
            orderby product.Id, variant.Position
            select new Row(product.Id, product.Name, product.CategorySlug, variant.Sku, variant.OptionValues, price.Amount, level == null ? 0 : level.Available))
            .ToListAsync(cancellationToken);

        return [.. rows.GroupBy(row => row.ProductId).Select(variants => Summarize([.. variants], query.Currency))];
    }

    private static ProductSummary Summarize(List<Row> variants, string currency) =>
        new(
            variants[0].ProductId,
            variants[0].Name,
            variants[0].Category,
            new Money(variants.Min(row => row.Price), currency).ToDecimal(),
            currency,
            ProductImages.UrlOf(variants[0].ProductId),
            [.. variants.Select(row => new VariantSummary(row.Sku, Variant.NameOf(row.OptionValues), new Money(row.Price, currency).ToDecimal(), row.Available))]);

    private sealed record Row(Guid ProductId, string Name, string Category, string Sku, string[] OptionValues, long Price, int Available);
}
