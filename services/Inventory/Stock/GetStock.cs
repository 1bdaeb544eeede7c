using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Inventory.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Inventory.Stock;

internal static class GetStock
{
    public static async Task<Results<Ok<StockLevels>, ProblemHttpResult>> HandleAsync(
        string sku, InventoryDbContext db, CancellationToken cancellationToken)
    {
        var levels = await db.Stock.Where(s => s.Sku == sku).Select(StockLevels.FromItem).SingleOrDefaultAsync(cancellationToken);
        return levels is null ? Problems.NotFound($"There is no SKU '{sku}'.") : TypedResults.Ok(levels);
    }
}
