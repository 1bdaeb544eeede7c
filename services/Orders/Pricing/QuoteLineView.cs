using System.Text.Json.Serialization;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Promotions;

namespace ShopFlow.Orders.Pricing;

/// <param name="Total">Price times quantity.</param>
/// <param name="TaxRate">Percent.</param>
/// <param name="Tax">Of the total less the discount; within it or on top of it, as the quote says.</param>
/// <param name="WeightGrams">Of all pieces.</param>
/// <param name="Available">Pieces that can be had as far as is known; the order is decided when it is placed.</param>
/// <param name="Discount">What promotions take off the total.</param>
internal sealed record QuoteLineView(
    string Sku,
    string ProductId,
    string Name,
    int Quantity,
    decimal UnitPrice,
    decimal Total,
    string TaxClass,
    decimal TaxRate,
    decimal Tax,
    long WeightGrams,
    int? Available,
    decimal Discount)
{
    /// <summary>What each promotion takes off; null when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DiscountView>? Discounts { get; init; }

    public static QuoteLineView Of(QuotedLine line, IEnumerable<AppliedDiscount> discounts)
    {
        var (item, variant) = (line.Item, line.Item.Variant);
        return new(
            variant.Sku,
            variant.ProductId,
            variant.Name,
            item.Quantity,
            item.UnitPrice.ToDecimal(),
            item.Amount.ToDecimal(),
            variant.TaxClass,
            line.Rate.Percent,
            line.Tax.ToDecimal(),
            item.Grams,
            variant.Available,
            line.Discount.ToDecimal())
        {
            Discounts = DiscountView.Of(discounts, variant.Currency),
        };
    }
}
