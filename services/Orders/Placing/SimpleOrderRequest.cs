namespace ShopFlow.Orders.Placing;

/// <param name="Product">The id of a product, or the SKU of one of its variants.</param>
/// <param name="Quantity">How many of it.</param>
internal sealed record SimpleOrderRequest(string? Product, int? Quantity);
