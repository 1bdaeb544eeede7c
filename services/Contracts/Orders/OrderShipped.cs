namespace ShopFlow.Contracts;

/// <summary>A parcel with some or all of an order left the house.</summary>
[EventName("orders.order-shipped")]
public sealed record OrderShipped(
    Guid OrderId,
    Guid ShipmentId,
    string UserId,
    string? Email,
    string Carrier,
    string TrackingNumber,
    IReadOnlyList<SkuQuantity> Lines) : IntegrationEvent;
