using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Inventory.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Inventory.Stock;

/// <summary>All SKUs, those that are low, those with the query in their name, in the order of their names; <c>next</c> is the last SKU of the page.</summary>
internal static class ListStock
{
    private const int MaxLimit = 200;
    private const int LongestSku = 64;

    internal sealed record StockPage(IReadOnlyList<StockLevels> Stock, int Total, string? Next);

    public static async Task<Results<Ok<StockPage>, ValidationProblem>> HandleAsync(
        InventoryDbContext db, InventoryOptions options, CancellationToken cancellationToken, int limit = 50, string? next = null, bool low = false,
        string? query = null)
    {
        var validator = new Validator();
        validator.Check(limit is >= 1 and <= MaxLimit, "limit", $"must be between 1 and {MaxLimit}");
        validator.Check(string.IsNullOrEmpty(next) || Texts.IsLine(next, LongestSku), "next", "must be the next of the previous page");
        validator.Check(query is null || Texts.IsLine(query, LongestSku), "query", $"must be a part of a SKU, of 1 to {LongestSku} characters");
        if (validator.Problem is { } problem)
            return problem;

        var usual = options.LowThreshold;
        var listed = low ? db.Stock.Where(s => s.Available <= (s.LowThreshold ?? usual)) : db.Stock;
        if (query is not null)
        {
            var pattern = LikePattern.Containing(query);
            listed = listed.Where(s => EF.Functions.ILike(s.Sku, pattern, LikePattern.Escape));
        }

        var stock = await listed
            .Where(s => next == null || string.Compare(s.Sku, next) > 0)
            .OrderBy(s => s.Sku)
            .Select(StockLevels.FromItem)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        var total = await listed.CountAsync(cancellationToken);

        var page = stock.Take(limit).ToList();
        return TypedResults.Ok(new StockPage(page, total, stock.Count > limit ? page[^1].Sku : null));
    }
}
