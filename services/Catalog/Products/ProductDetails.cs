using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Catalog.Caching;
using ShopFlow.Catalog.Data;
using ShopFlow.Contracts;

namespace ShopFlow.Catalog.Products;

/// <summary>Reads one product with its variants in one statement.</summary>
internal static class ProductDetails
{
    public static async Task<CachedResponse?> MakeAsync(CatalogDbContext db, Guid id, string currency, CancellationToken cancellationToken)
    {
        // Indexes: pk_products, ix_variants_product_id, pk_prices, pk_stock_levels.
        var rows = await (
            from product in db.Products
            where product.Id == id && product.Status == ProductStatus.Active
            join variant in db.Variants on product.Id equals variant.ProductId
            join price in db.Prices.Where(price => price.Currency == currency) on variant.Sku equals price.Sku
            join level in db.StockLevels on variant.Sku equals level.Sku into levels
            from level in levels.DefaultIfEmpty()
            orderby variant.Position
            select new { product, variant, price.Amount, Available = level == null ? 0 : level.Available })
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
            [.. rows.Select(row => Describe(found, row.variant, new(row.Amount, currency), row.Available))]);

        return CachedResponse.Create(JsonSerializer.SerializeToUtf8Bytes(detail, CatalogJson.Default.ProductDetail), MediaTypes.Json, found.Version);
    }

    private static VariantDetail Describe(Product product, Variant variant, Money price, int available) =>
        new(
            variant.Sku,
            Variant.NameOf(variant.OptionValues),
            product.Options.Zip(variant.OptionValues).ToDictionary(option => option.First, option => option.Second),
            price.ToDecimal(),
            variant.WeightGrams,
            available);
}
