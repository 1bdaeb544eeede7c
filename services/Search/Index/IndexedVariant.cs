namespace ShopFlow.Search.Index;

/// <param name="Options">Ids of its facets.</param>
/// <param name="Prices">In minor units, in the order of the currencies.</param>
internal sealed record IndexedVariant(string Sku, string Name, int[] Options, long[] Prices, StockCell Stock);
