namespace ShopFlow.Contracts;

/// <summary>The provider will not give this money back: a person has to. <paramref name="Amount"/> is in minor units.</summary>
[EventName("payments.refund-rejected")]
public sealed record RefundRejected(Guid OrderId, Guid PaymentId, Guid RefundId, long Amount, string Currency, string Reason) : IntegrationEvent;
