namespace ShopFlow.Contracts;

/// <summary>What can be bought of a SKU fell to its threshold or below. Told once until it has been above it again.</summary>
[EventName("inventory.stock-low")]
public sealed record StockLow(string Sku, int Available, int Threshold) : IntegrationEvent;
