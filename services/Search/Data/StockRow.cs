namespace ShopFlow.Search.Data;

internal sealed class StockRow
{
    public required string Sku { get; init; }

    public required int Available { get; init; }

    /// <summary>Inventory's counter for this SKU; a lower one is older news.</summary>
    public required long Revision { get; init; }

    /// <inheritdoc cref="ProductRow.ChangedIn"/>
    public long ChangedIn { get; init; }
}
