namespace ShopFlow.Contracts;

/// <summary>Every line of an order is reserved.</summary>
[EventName("inventory.stock-reserved")]
public sealed record StockReserved(Guid OrderId) : IntegrationEvent;
