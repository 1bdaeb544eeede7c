namespace ShopFlow.Cart.Editing;

/// <summary>By SKU, or by product for the product's first variant. <c>Quantity</c> is 1 unless given.</summary>
internal sealed record AddItemRequest(string? Sku, string? ProductId, int? Quantity);
