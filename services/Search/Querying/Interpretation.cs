namespace ShopFlow.Search.Querying;

/// <summary>What a query is taken to mean.</summary>
/// <param name="Correction">The query with the words that it probably meant; null when all of its words are known.</param>
internal sealed record Interpretation(IReadOnlyList<Slot> Slots, string? Correction);
