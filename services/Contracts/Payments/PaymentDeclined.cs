namespace ShopFlow.Contracts;

/// <summary>The provider refused the payment of an order; nothing was taken.</summary>
[EventName("payments.payment-declined")]
public sealed record PaymentDeclined(Guid OrderId, Guid PaymentId, string Reason) : IntegrationEvent;
