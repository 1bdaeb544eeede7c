using ShopFlow.Contracts;

namespace ShopFlow.Orders.Pricing;

/// <summary>Pieces of one SKU at today's price.</summary>
internal sealed record PricedItem(VariantPrice Variant, int Quantity)
{
    public Money UnitPrice => new(Variant.Price, Variant.Currency);

    public Money Amount => UnitPrice * Quantity;

    public long Grams => (long)Variant.WeightGrams * Quantity;
}
