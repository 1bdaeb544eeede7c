namespace ShopFlow.Inventory.Data;

/// <summary>The revision of a SKU that was last published. Kept beside the stock row, not in it, so that telling never waits for selling.</summary>
internal sealed class StockAnnouncement
{
    public required string Sku { get; init; }

    public long Revision { get; init; }

    /// <summary>It was told that the SKU is low, and not yet seen above its threshold again.</summary>
    public bool IsLow { get; init; }
}
