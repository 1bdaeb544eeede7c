namespace ShopFlow.Search.Querying;

internal sealed record FoundVariant(string Sku, string Name, decimal Price, int Available);
