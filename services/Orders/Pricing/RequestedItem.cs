namespace ShopFlow.Orders.Pricing;

/// <summary>Names a variant by its SKU, or a product whose first variant is meant. Anything else, such as a price, is ignored.</summary>
internal sealed record RequestedItem(string? Sku, string? ProductId, int? Quantity);
