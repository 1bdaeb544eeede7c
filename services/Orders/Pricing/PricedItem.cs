using ShopFlow.Contracts;

namespace ShopFlow.Orders.Pricing;

/// <summary>Pieces of one SKU at today's price.</summary>
internal sealed record PricedItem(VariantPrice Variant, int Quantity)
{
    public Money UnitPrice => new(Variant.Price, Variant.Currency);

    public Money Amount => UnitPrice * Quantity;

    public long Grams => (long)Variant.WeightGrams * Quantity;

    /// <param name="items">At least one, all in one currency.</param>
    public static Money Sum(IEnumerable<PricedItem> items) => items.Select(item => item.Amount).Aggregate((sum, amount) => sum + amount);
}
