namespace ShopFlow.Search.Querying;

internal sealed record OptionCounts(string Name, IReadOnlyList<ValueCount> Values);
