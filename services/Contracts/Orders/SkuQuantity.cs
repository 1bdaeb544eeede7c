namespace ShopFlow.Contracts;

/// <summary>Pieces of one SKU, at least 1.</summary>
public sealed record SkuQuantity(string Sku, int Quantity);
