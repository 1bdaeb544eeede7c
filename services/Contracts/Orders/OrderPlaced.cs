namespace ShopFlow.Contracts;

/// <summary>An order was accepted and waits for its goods. <paramref name="Total"/> is in minor units.</summary>
[EventName("orders.order-placed")]
public sealed record OrderPlaced(
    Guid OrderId, string UserId, string? Email, IReadOnlyList<OrderLine> Lines, long Total, string Currency) : IntegrationEvent;
