using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Inventory.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Inventory.Stock;

/// <summary>The history of a SKU, newest first; <c>next</c> is the id of the last adjustment of the page.</summary>
internal static class ListAdjustments
{
    private const int MaxLimit = 200;

    internal sealed record Adjustment(Guid Id, int Delta, int Available, string Reason, string Actor, DateTimeOffset At);

    internal sealed record AdjustmentPage(IReadOnlyList<Adjustment> Adjustments, int Total, Guid? Next);

    public static async Task<Results<Ok<AdjustmentPage>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string sku, InventoryDbContext db, CancellationToken cancellationToken, int limit = 50, Guid? next = null)
    {
        if (limit is < 1 or > MaxLimit)
            return Problems.Invalid("limit", $"must be between 1 and {MaxLimit}");
        if (!await db.Stock.AnyAsync(s => s.Sku == sku, cancellationToken))
            return Problems.NotFound($"There is no SKU '{sku}'.");

        // ix_stock_adjustments_sku_id; the ids are UUIDv7, so their order is that of time.
        var adjustments = await db.Adjustments
            .Where(a => a.Sku == sku && (next == null || a.Id < next))
            .OrderByDescending(a => a.Id)
            .Select(a => new Adjustment(a.Id, a.Delta, a.Available, a.Reason, a.Actor, a.At))
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        var total = await db.Adjustments.CountAsync(a => a.Sku == sku, cancellationToken);

        var page = adjustments.Take(limit).ToList();
        return TypedResults.Ok(new AdjustmentPage(page, total, adjustments.Count > limit ? page[^1].Id : null));
    }
}
