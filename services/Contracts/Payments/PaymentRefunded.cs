namespace ShopFlow.Contracts;

/// <summary>Captured money went back to the shopper. <paramref name="Amount"/> is in minor units; <paramref name="RefundId"/> is that of the request.</summary>
[EventName("payments.payment-refunded")]
public sealed record PaymentRefunded(Guid OrderId, Guid PaymentId, long Amount, string Currency, Guid? RefundId = null) : IntegrationEvent;
