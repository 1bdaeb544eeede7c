namespace ShopFlow.Search.Querying;

/// <summary>The values of one option of which a variant must have one.</summary>
internal sealed record OptionFilter(string Option, IReadOnlyList<string> Values);
