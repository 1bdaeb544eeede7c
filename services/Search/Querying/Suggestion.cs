namespace ShopFlow.Search.Querying;

/// <summary><c>ProductId</c> is a product's, <c>Category</c> the slug of a category; a query or a brand has neither.</summary>
internal sealed record Suggestion(string Text, SuggestionKind Kind, Guid? ProductId = null, string? Category = null);
