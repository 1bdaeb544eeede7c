namespace ShopFlow.Contracts;

/// <summary>Money was captured for an order that is cancelled: it goes back. <paramref name="Amount"/> is in minor units.</summary>
[EventName("orders.refund-requested")]
public sealed record RefundRequested(Guid OrderId, Guid PaymentId, long Amount, string Currency, string Reason) : IntegrationEvent;
