namespace ShopFlow.Search.Querying;

/// <summary>
/// One page of results. <c>Total</c> counts all pages; <c>Next</c> asks for the page after this one and is null on the last.
/// <c>DidYouMean</c> is the query with words that exist, null when its own do.
/// </summary>
internal sealed record SearchAnswer(
    string Query, IReadOnlyList<FoundProduct> Products, int Total, string? Next, string? DidYouMean, SearchFacets Facets);
