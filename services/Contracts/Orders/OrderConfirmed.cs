namespace ShopFlow.Contracts;

/// <summary>An order is paid and its goods are sold. <paramref name="Total"/> is in minor units.</summary>
[EventName("orders.order-confirmed")]
public sealed record OrderConfirmed(Guid OrderId, string UserId, string? Email, long Total, string Currency) : IntegrationEvent;
