using System.Text.Json.Serialization;
using ShopFlow.Orders.Promotions;

namespace ShopFlow.Orders.Pricing;

/// <summary>A quote as the shopper sees it; amounts in major units of <paramref name="Currency"/>.</summary>
/// <param name="Subtotal">Sum of the lines' totals.</param>
/// <param name="Discount">What promotions take off, the lines and shipping.</param>
/// <param name="Shipping">Null when the goods are collected.</param>
/// <param name="Tax">Of all lines and of shipping.</param>
/// <param name="TaxIncluded">Whether the tax is within the prices; otherwise the total has it on top.</param>
/// <param name="Explanation">Every figure in words; the amounts of all entries but the included ones add up to the total.</param>
/// <param name="RatesVersion">The rate sheet that shipping and tax were taken from.</param>
internal sealed record QuoteView(
    string Currency,
    IReadOnlyList<QuoteLineView> Lines,
    decimal Subtotal,
    QuoteShippingView? Shipping,
    decimal Tax,
    bool TaxIncluded,
    decimal Total,
    IReadOnlyList<Explanation> Explanation,
    int? RatesVersion,
    decimal Discount)
{
    /// <summary>What each promotion takes off; null when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DiscountView>? Discounts { get; init; }

    /// <summary>The coupon that the order would redeem; null when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PromotionCode { get; init; }

    public static QuoteView Of(Quote quote) => new(
        quote.Currency,
        [.. quote.Lines.Select((line, position) => QuoteLineView.Of(line, quote.Discounts.Where(discount => discount.Line == position)))],
        quote.Subtotal.ToDecimal(),
        QuoteShippingView.Of(quote),
        quote.Tax.ToDecimal(),
        quote.TaxIncluded,
        quote.Total.ToDecimal(),
        Pricing.Explanation.Of(quote),
        quote.Delivery?.RatesVersion,
        (quote.GoodsDiscount + quote.ShippingDiscount).ToDecimal())
    {
        Discounts = DiscountView.Of(quote.Discounts, quote.Currency),
        PromotionCode = quote.Coupon?.Code,
    };
}
