namespace ShopFlow.Contracts;

public static class NewestStockLevels
{
    /// <summary>
    /// The newest level of each SKU, in columns as a statement takes them, and in the order of the SKUs, so that two who write the same rows
    /// never wait for each other in a circle.
    /// </summary>
    public static (string[] Skus, int[] Available, long[] Revisions) Newest(this IEnumerable<StockLevelsChanged> events)
    {
        var levels = events
            .SelectMany(e => e.Levels)
            .GroupBy(level => level.Sku, (_, news) => news.MaxBy(level => level.Revision)!)
            .OrderBy(level => level.Sku, StringComparer.Ordinal)
            .ToList();
        return ([.. levels.Select(level => level.Sku)], [.. levels.Select(level => level.Available)], [.. levels.Select(level => level.Revision)]);
    }
}
