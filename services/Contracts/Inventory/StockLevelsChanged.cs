namespace ShopFlow.Contracts;

/// <summary>What can be bought of some SKUs changed.</summary>
[EventName("inventory.stock-levels-changed")]
public sealed record StockLevelsChanged(IReadOnlyList<StockLevel> Levels) : IntegrationEvent;
