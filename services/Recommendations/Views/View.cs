namespace ShopFlow.Recommendations.Views;

/// <summary>Somebody looked at a product.</summary>
internal sealed record View(Guid VisitId, Guid ProductId, DateOnly Day);
