namespace ShopFlow.Search.Querying;

internal sealed record SuggestionList(string Query, IReadOnlyList<Suggestion> Suggestions, string? DidYouMean);
