namespace ShopFlow.Search.Following;

internal sealed record CatalogQuestion(IReadOnlyList<Guid> Ids);
