namespace ShopFlow.Search.Index;

/// <summary>Prices are in minor units.</summary>
internal sealed record CatalogVariant(string Sku, string Name, IReadOnlyList<string> OptionValues, IReadOnlyDictionary<string, long> Prices);
