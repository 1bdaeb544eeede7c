namespace ShopFlow.Orders.Pricing;

/// <param name="Sku">The variant.</param>
/// <param name="ProductId">Its product.</param>
/// <param name="Name">As an order line shows it.</param>
/// <param name="Price">Minor units of <paramref name="Currency"/>.</param>
/// <param name="Currency">The currency asked for.</param>
/// <param name="TaxClass">"standard", "reduced" or "zero".</param>
/// <param name="WeightGrams">Of one piece.</param>
/// <param name="Available">Pieces that inventory last told of; no promise.</param>
internal sealed record VariantPrice(
    string Sku, string ProductId, string Name, long Price, string Currency, string TaxClass = "standard", int WeightGrams = 0, int? Available = null);
