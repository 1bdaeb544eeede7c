namespace ShopFlow.Inventory.Data;

/// <summary>
/// The stock of one SKU. The database itself refuses a negative figure, and a row for which
/// <c>initial + adjusted = available + reserved + sold</c> does not hold.
/// </summary>
internal sealed class StockItem
{
    public required string Sku { get; init; }

    /// <summary>Units that the SKU started with.</summary>
    public long Initial { get; init; }

    /// <summary>Sum of all adjustments so far; may be negative.</summary>
    public long Adjusted { get; init; }

    public int Available { get; init; }

    public int Reserved { get; init; }

    public long Sold { get; init; }

    /// <summary>Grows by one with every change of <see cref="Available"/>, so that listeners can tell old news from new.</summary>
    public long Revision { get; init; }

    /// <summary>Available units at which the SKU counts as low; null for the usual number.</summary>
    public int? LowThreshold { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
