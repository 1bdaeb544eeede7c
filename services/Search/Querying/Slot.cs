namespace ShopFlow.Search.Querying;

/// <summary>A word or a phrase of a query, and the ways to find it, the best first; none when nothing in the index is like it.</summary>
/// <param name="Words">How many words of the query it stands for.</param>
internal sealed record Slot(int Words, IReadOnlyList<Alternative> Alternatives);
