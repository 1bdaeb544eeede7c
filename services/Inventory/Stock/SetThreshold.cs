using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Inventory.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Inventory.Stock;

/// <summary>PUT /admin/stock/{sku}/threshold: from how few available units on a SKU counts as low; null for the usual number.</summary>
internal static class SetThreshold
{
    private const int MostUnits = 1_000_000;

    internal sealed record ThresholdRequest(int? LowThreshold);

    public static async Task<Results<Ok<StockLevels>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string sku, ThresholdRequest request, InventoryDbContext db, StockChanges changes, CancellationToken cancellationToken)
    {
        if (request.LowThreshold is < 0 or > MostUnits)
            return Problems.Invalid("lowThreshold", $"must be between 0 and {MostUnits}, or null");

        // Another revision, so that the announcer looks at the SKU again.
        await db.Stock.Where(s => s.Sku == sku).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.LowThreshold, request.LowThreshold).SetProperty(s => s.Revision, s => s.Revision + 1), cancellationToken);
        changes.Mark([sku]);

        var levels = await db.Stock.Where(s => s.Sku == sku).Select(StockLevels.FromItem).SingleOrDefaultAsync(cancellationToken);
        return levels is null ? Problems.NotFound($"There is no SKU '{sku}'.") : TypedResults.Ok(levels);
    }
}
