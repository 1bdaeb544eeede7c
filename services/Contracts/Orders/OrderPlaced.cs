namespace ShopFlow.Contracts;

/// <summary>
/// An order was accepted and waits for its goods. <paramref name="Total"/> is in minor units. The cart that it was placed from,
/// if any, is done with, unless the shopper has changed it since <paramref name="CartVersion"/>.
/// </summary>
[EventName("orders.order-placed")]
public sealed record OrderPlaced(
    Guid OrderId,
    string UserId,
    string? Email,
    IReadOnlyList<OrderLine> Lines,
    long Total,
    string Currency,
    string? CartId = null,
    long CartVersion = 0) : IntegrationEvent;
