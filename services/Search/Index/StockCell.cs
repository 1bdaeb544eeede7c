namespace ShopFlow.Search.Index;

/// <summary>How many units of a SKU can be bought, as inventory last said; the only thing of a document that changes in its place.</summary>
internal sealed class StockCell
{
    public int Available { get; set; }

    /// <summary>The number of the document that it belongs to; null while there is none.</summary>
    public int? Document { get; set; }
}
