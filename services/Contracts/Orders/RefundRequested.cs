namespace ShopFlow.Contracts;

/// <summary>
/// Captured money goes back, in part or whole. <paramref name="Amount"/> is in minor units. A <paramref name="RefundId"/> is paid
/// once; without one it is the refund of a whole payment whose order was cancelled.
/// </summary>
[EventName("orders.refund-requested")]
public sealed record RefundRequested(
    Guid OrderId, Guid PaymentId, long Amount, string Currency, string Reason, Guid? RefundId = null) : IntegrationEvent;
