namespace ShopFlow.Contracts;

/// <summary>What can be bought of a SKU. Events may overtake each other: of two levels the one with the higher revision is true.</summary>
public sealed record StockLevel(string Sku, int Available, long Revision);
