namespace ShopFlow.Contracts;

/// <summary>Sold goods came back and are fit to be sold again. Each <paramref name="ReturnId"/> counts once.</summary>
[EventName("orders.items-returned")]
public sealed record ItemsReturned(Guid OrderId, Guid ReturnId, IReadOnlyList<SkuQuantity> Lines) : IntegrationEvent;
