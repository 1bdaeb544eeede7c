namespace ShopFlow.Catalog.Feed;

internal sealed record FeedQuestion(IReadOnlyList<Guid>? Ids);
