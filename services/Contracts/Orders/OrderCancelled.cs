namespace ShopFlow.Contracts;

/// <summary>An order ended without a sale: its goods are free again. <paramref name="Reason"/> is one word, such as OutOfStock.</summary>
[EventName("orders.order-cancelled")]
public sealed record OrderCancelled(Guid OrderId, string UserId, string? Email, string Reason) : IntegrationEvent;
