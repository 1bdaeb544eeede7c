using Microsoft.EntityFrameworkCore;
using ShopFlow.Catalog.Data;

namespace ShopFlow.Catalog.Products;

/// <summary>
/// The table lowest_prices: for each active product and currency the lowest price of its variants, beside the category, so that
/// lists by price are read along an index.
/// </summary>
internal static class LowestPrices
{
    /// <summary>Brings the rows of these products up to date, in the transaction that has changed them.</summary>
    public static async Task RefreshLowestPricesAsync(this CatalogDbContext db, Guid[] productIds, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"DELETE FROM lowest_prices WHERE product_id = ANY({productIds})", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO lowest_prices (product_id, currency, category_slug, amount)
            SELECT p.id, r.currency, p.category_slug, min(r.amount)
            FROM products p
            JOIN variants v ON v.product_id = p.id
            JOIN prices r ON r.sku = v.sku
            WHERE p.id = ANY({productIds}) AND p.status = 0
            GROUP BY p.id, r.currency
            """,
            cancellationToken);
    }
}
