namespace ShopFlow.Recommendations.Catalogue;

internal sealed record ProductAnswer(IReadOnlyList<CatalogueProduct> Products);
