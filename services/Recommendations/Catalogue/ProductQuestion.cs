namespace ShopFlow.Recommendations.Catalogue;

internal sealed record ProductQuestion(IReadOnlyCollection<Guid> ProductIds, string? Currency);
