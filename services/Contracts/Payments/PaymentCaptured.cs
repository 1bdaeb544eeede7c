namespace ShopFlow.Contracts;

/// <summary>The money of an order was taken. <paramref name="Amount"/> is in minor units.</summary>
[EventName("payments.payment-captured")]
public sealed record PaymentCaptured(Guid OrderId, Guid PaymentId, long Amount, string Currency) : IntegrationEvent;
