namespace ShopFlow.Search.Querying;

internal sealed record ValueCount(string Value, int Count);
