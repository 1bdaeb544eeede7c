namespace ShopFlow.Catalog.Data;

/// <summary>
/// How many units inventory last said can be bought. Not part of <see cref="Variant"/>: inventory may speak of a SKU before
/// the catalogue knows it.
/// </summary>
internal sealed class StockLevelEntry
{
    public required string Sku { get; init; }

    public required int Available { get; init; }

    /// <summary>Inventory's counter for this SKU; a lower one is older news.</summary>
    public required long Revision { get; init; }
}
