namespace ShopFlow.Recommendations.Catalogue;

internal sealed record CatalogueVariant(string Sku, string Name, decimal? Price, int Available);
