namespace ShopFlow.Orders.Placing;

/// <param name="Sku">The variant.</param>
/// <param name="ProductId">Its product.</param>
/// <param name="Name">As an order line shows it.</param>
/// <param name="Price">Minor units of <paramref name="Currency"/>.</param>
/// <param name="Currency">The currency asked for.</param>
internal sealed record VariantPrice(string Sku, string ProductId, string Name, long Price, string Currency);
