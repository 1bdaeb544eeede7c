namespace ShopFlow.Recommendations.Catalogue;

internal sealed record CategoryAnswer(IReadOnlyList<Category> Categories);
