using System.Text.Json;
using ShopFlow.Catalog.Caching;
using ShopFlow.Catalog.Data;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Products;

/// <summary>
/// Makes pages of the product list. What doesn't depend on stock is kept apart, so that after a change of stock, which is all the
/// time in a busy shop, a page costs no more than looking up its levels.
/// </summary>
internal sealed class ProductPages(CatalogGeneration generation) : IDisposable
{
    private const long MaximumBytes = 24 * 1024 * 1024;

    // Roughly, for a record with its strings.
    private const int ProductBytes = 500;
    private const int VariantBytes = 300;

    private readonly VersionedCache<ProductList> _pages = new(MaximumBytes);
    private readonly VersionedCache<Total> _totals = new(MaximumBytes / 8);

    public async Task<CachedResponse?> MakeAsync(CatalogDbContext db, ProductQuery query, CancellationToken cancellationToken)
    {
        var page = await FindAsync(db, query, cancellationToken);
        var skus = page.Products.SelectMany(product => product.Variants).Select(variant => variant.Sku);
        var available = await db.ReadAvailableAsync(skus, cancellationToken);

        var list = page with { Products = [.. page.Products.Select(product => product.With(available))] };
        return CachedResponse.Create(JsonSerializer.SerializeToUtf8Bytes(list, CatalogJson.Default.ProductList), MediaTypes.Json);
    }

    public void Dispose()
    {
        _pages.Dispose();
        _totals.Dispose();
    }

    private async Task<ProductList> FindAsync(CatalogDbContext db, ProductQuery query, CancellationToken cancellationToken)
    {
        // Read before the data, so that a page is never filed under a newer state than it shows.
        var madeFrom = generation.Current.Products;
        if (generation.IsTrusted && _pages.Find(query.CacheKey, madeFrom) is { } known)
            return known;

        var page = await ReadAsync(db, query, await CountAsync(db, query, madeFrom, cancellationToken), cancellationToken);
        var bytes = ProductBytes + page.Products.Sum(product => ProductBytes + (VariantBytes * product.Variants.Count));
        _pages.Store(query.CacheKey, madeFrom, page, bytes);
        return page;
    }

    private async Task<int> CountAsync(CatalogDbContext db, ProductQuery query, long madeFrom, CancellationToken cancellationToken)
    {
        if (generation.IsTrusted && _totals.Find(query.FilterKey, madeFrom) is { } known)
            return known.Count;

        var sql = new ProductPageSql(query with { After = null });
        var rows = await db.QueryAsync(sql.Total, sql.Parameters, row => (int)row.GetInt64(0), cancellationToken);
        _totals.Store(query.FilterKey, madeFrom, new(rows[0]), ProductBytes);
        return rows[0];
    }

    private static async Task<ProductList> ReadAsync(CatalogDbContext db, ProductQuery query, int total, CancellationToken cancellationToken)
    {
        var sql = new ProductPageSql(query);
        var rows = await db.QueryAsync(
            sql.Page,
            sql.Parameters,
            row => new Row(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<string[]>(4), row.GetInt64(5), row.GetString(6)),
            cancellationToken);

        var products = rows.GroupBy(row => row.ProductId).Select(variants => variants.ToList()).ToList();
        var shown = products.Take(query.Limit).ToList();
        var next = products.Count > query.Limit ? query.Encode(new(shown[^1][0].ProductId, shown[^1][0].Key)) : null;
        return new([.. shown.Select(variants => Summarize(variants, query.Currency))], total, next);
    }

    private static ProductSummary Summarize(List<Row> variants, string currency) =>
        new(
            variants[0].ProductId,
            variants[0].Name,
            variants[0].Category,
            new Money(variants.Min(row => row.Price), currency).ToDecimal(),
            currency,
            ProductImages.UrlOf(variants[0].ProductId),
            [.. variants.Select(row => new VariantSummary(row.Sku, Variant.NameOf(row.OptionValues), new Money(row.Price, currency).ToDecimal(), 0))]);

    private sealed record Row(Guid ProductId, string Name, string Category, string Sku, string[] OptionValues, long Price, string Key);

    private sealed record Total(int Count);
}
