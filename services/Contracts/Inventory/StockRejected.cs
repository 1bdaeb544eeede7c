namespace ShopFlow.Contracts;

/// <summary>Nothing of an order is reserved, because the SKUs named are short.</summary>
[EventName("inventory.stock-rejected")]
public sealed record StockRejected(Guid OrderId, IReadOnlyList<string> Skus) : IntegrationEvent;
