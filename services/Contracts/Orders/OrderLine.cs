namespace ShopFlow.Contracts;

/// <summary>One SKU of an order at the price that was fixed when it was placed.</summary>
/// <param name="Sku">The variant ordered.</param>
/// <param name="ProductId">The product that the variant belongs to.</param>
/// <param name="Name">What the shopper saw.</param>
/// <param name="Quantity">Pieces, at least 1.</param>
/// <param name="UnitPrice">Minor units of the order's currency.</param>
public sealed record OrderLine(string Sku, string ProductId, string Name, int Quantity, long UnitPrice);
