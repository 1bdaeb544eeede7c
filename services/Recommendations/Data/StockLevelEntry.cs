namespace ShopFlow.Recommendations.Data;

/// <summary>What inventory last said of a SKU; of two levels the one with the higher revision is true.</summary>
internal sealed class StockLevelEntry
{
    public required string Sku { get; init; }

    public int Available { get; init; }

    public long Revision { get; init; }
}
