namespace ShopFlow.Contracts;

/// <summary>A parcel of an order has arrived. <paramref name="IsComplete"/> says that nothing of the order is still to come.</summary>
[EventName("orders.order-delivered")]
public sealed record OrderDelivered(Guid OrderId, Guid ShipmentId, string UserId, string? Email, bool IsComplete) : IntegrationEvent;
