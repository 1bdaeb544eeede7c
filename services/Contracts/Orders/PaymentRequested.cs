namespace ShopFlow.Contracts;

/// <summary>The goods of an order are reserved; now it is to be paid. <paramref name="Amount"/> is in minor units.</summary>
[EventName("orders.payment-requested")]
public sealed record PaymentRequested(
    Guid OrderId, string UserId, long Amount, string Currency, string PaymentMethod) : IntegrationEvent;
