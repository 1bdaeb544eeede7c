namespace ShopFlow.Contracts;

/// <summary>Products, their variants or their prices were added, edited or archived.</summary>
[EventName("catalog.products-changed")]
public sealed record ProductsChanged(IReadOnlyList<string> ProductIds, IReadOnlyList<string> Skus) : IntegrationEvent;
