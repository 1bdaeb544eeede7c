namespace ShopFlow.Catalog.Feed;

/// <summary><c>OptionValues</c> are in the order of the product's options; <c>Prices</c> are in minor units by currency.</summary>
internal sealed record FeedVariant(string Sku, string Name, IReadOnlyList<string> OptionValues, IReadOnlyDictionary<string, long> Prices);
