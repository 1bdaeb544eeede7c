using Microsoft.EntityFrameworkCore;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Recommendations.Catalogue;

internal static class ForSale
{
    /// <summary>Has <see cref="Product.IsForSale"/> follow a change of products or of stock, in its transaction. It writes only what turns.</summary>
    public static Task RefreshForSaleAsync(this RecommendationsDbContext db, Guid[] products, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"""
            update products p
            set is_for_sale = not p.is_for_sale
            where p.id = any({products})
              and p.is_for_sale <> (p.is_active and exists (
                  select from variants v join stock_levels l using (sku) where v.product_id = p.id and l.available > 0))
            """, cancellationToken);
}
