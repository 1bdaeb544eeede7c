namespace ShopFlow.Catalog.Feed;

/// <summary><c>Next</c> is the <c>after</c> of the page that follows; null on the last.</summary>
internal sealed record FeedPage(IReadOnlyList<FeedProduct> Products, Guid? Next);
