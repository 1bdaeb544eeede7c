namespace ShopFlow.Contracts;

/// <summary>The shopper has some or all of the money back. <paramref name="Amount"/> is in minor units.</summary>
[EventName("orders.order-refunded")]
public sealed record OrderRefunded(Guid OrderId, Guid RefundId, string UserId, string? Email, long Amount, string Currency) : IntegrationEvent;
