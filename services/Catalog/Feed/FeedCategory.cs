namespace ShopFlow.Catalog.Feed;

internal sealed record FeedCategory(string Slug, string Name);
