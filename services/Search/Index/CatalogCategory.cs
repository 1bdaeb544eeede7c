namespace ShopFlow.Search.Index;

internal sealed record CatalogCategory(string Slug, string Name);
