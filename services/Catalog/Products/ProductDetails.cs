using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Catalog.Caching;
using ShopFlow.Catalog.Data;
using ShopFlow.Contracts;

namespace ShopFlow.Catalog.Products;

/// <summary>Makes the answer about one product; what doesn't depend on stock is kept apart, as in <see cref="ProductPages"/>.</summary>
internal sealed class ProductDetails(CatalogGeneration generation) : IDisposable
{
    private const long MaximumBytes = 8 * 1024 * 1024;

    // Roughly, for a record with its strings; the description may be longer.
    private const int ProductBytes = 2000;
    private const int VariantBytes = 600;

    private readonly VersionedCache<Versioned> _details = new(MaximumBytes);

    public async Task<CachedResponse?> MakeAsync(CatalogDbContext db, Guid id, string currency, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, id, currency, cancellationToken) is not { } found)
            return null;

        var available = await db.ReadAvailableAsync(found.Product.Variants.Select(variant => variant.Sku), cancellationToken);
        return CachedResponse.Create(
            JsonSerializer.SerializeToUtf8Bytes(found.Product.With(available), CatalogJson.Default.ProductDetail), MediaTypes.Json, found.Version);
    }

    public void Dispose() => _details.Dispose();

    private async Task<Versioned?> FindAsync(CatalogDbContext db, Guid id, string currency, CancellationToken cancellationToken)
    {
        var madeFrom = generation.Current.Products;
        var key = $"{id:N}:{currency}";
        if (generation.IsTrusted && _details.Find(key, madeFrom) is { } known)
            return known;

        var detail = await ReadAsync(db, id, currency, cancellationToken);
        if (detail is not null)
            _details.Store(key, madeFrom, detail, ProductBytes + (VariantBytes * detail.Product.Variants.Count));

        return detail;
    }

    private static async Task<Versioned?> ReadAsync(CatalogDbContext db, Guid id, string currency, CancellationToken cancellationToken)
    {
        // Indexes: pk_products, ix_variants_product_id, pk_prices.
        var rows = await (
            from product in db.Products
            where product.Id == id && product.Status == ProductStatus.Active
            join variant in db.Variants on product.Id equals variant.ProductId
            join price in db.Prices.Where(price => price.Currency == currency) on variant.Sku equals price.Sku
            orderby variant.Position
            select new { product, variant, price.Amount })
            .AsNoTracking()
            .ToListAsync(cancellationToken);

        if (rows is [])
            return null;

        var found = rows[0].product;
        var detail = new ProductDetail(
            found.Id,
            found.Slug,
            found.Name,
            found.Brand,
            found.Description,
            found.CategorySlug,
            found.TaxClass,
            found.Status,
            new Money(rows.Min(row => row.Amount), currency).ToDecimal(),
            currency,
            ProductImages.UrlOf(found.Id),
            found.Options,
            [.. rows.Select(row => Describe(found, row.variant, new(row.Amount, currency)))]);

        return new(detail, found.Version);
    }

    private static VariantDetail Describe(Product product, Variant variant, Money price) =>
        new(
            variant.Sku,
            Variant.NameOf(variant.OptionValues),
            product.Options.Zip(variant.OptionValues).ToDictionary(option => option.First, option => option.Second),
            price.ToDecimal(),
            variant.WeightGrams,
            Available: 0);

    private sealed record Versioned(ProductDetail Product, uint Version);
}
