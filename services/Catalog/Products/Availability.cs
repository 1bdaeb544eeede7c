using ShopFlow.Catalog.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Products;

internal static class Availability
{
    /// <summary>How many units of each SKU inventory last said can be bought; nothing for a SKU it never spoke of. Index: pk_stock_levels.</summary>
    public static async Task<Dictionary<string, int>> ReadAvailableAsync(
        this CatalogDbContext db, IEnumerable<string> skus, CancellationToken cancellationToken)
    {
        var levels = await db.QueryAsync(
            "SELECT sku, available FROM stock_levels WHERE sku = ANY(@skus)",
            [new("skus", skus.ToArray())],
            row => KeyValuePair.Create(row.GetString(0), row.GetInt32(1)),
            cancellationToken);
        return new(levels);
    }

    public static ProductSummary With(this ProductSummary product, Dictionary<string, int> available) =>
        product with { Variants = [.. product.Variants.Select(variant => variant with { Available = available.GetValueOrDefault(variant.Sku) })] };

    public static ProductDetail With(this ProductDetail product, Dictionary<string, int> available) =>
        product with { Variants = [.. product.Variants.Select(variant => variant with { Available = available.GetValueOrDefault(variant.Sku) })] };
}
