using ShopFlow.Contracts;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Promotions;

namespace ShopFlow.Orders.Pricing;

/// <summary>
/// What a basket costs. Every discount and every tax is rounded for itself (a line's, that of shipping), and the totals are sums of
/// rounded figures: nothing is rounded twice, and what is shown adds up.
/// </summary>
internal sealed record Quote(
    string Currency,
    IReadOnlyList<QuotedLine> Lines,
    Delivery? Delivery,
    IReadOnlyList<AppliedDiscount> Discounts,
    Money Subtotal,
    Money Shipping,
    Money ShippingTax,
    Money Tax,
    Money Total)
{
    public bool TaxIncluded => Delivery?.TaxZone.PricesIncludeTax ?? false;

    public long Grams => Lines.Sum(line => line.Item.Grams);

    /// <summary>What promotions take off the goods.</summary>
    public Money GoodsDiscount => DiscountOf(discount => discount.Line is not null);

    /// <summary>What promotions take off shipping.</summary>
    public Money ShippingDiscount => DiscountOf(discount => discount.Line is null);

    /// <summary>The coupon that the order redeems; null when it needs none.</summary>
    public AppliedDiscount? Coupon => Discounts.FirstOrDefault(discount => discount.Code is not null);

    /// <summary>A code that was named, and is kept because the order doesn't cost less with it.</summary>
    public string? UnusedCode { get; init; }

    /// <param name="currency">Of all prices.</param>
    /// <param name="items">At least one.</param>
    /// <param name="delivery">Null when the goods are collected: they bear no shipping, and no tax is added.</param>
    /// <param name="promotions">Those that hold, in the order in which they come.</param>
    public static Quote Of(string currency, IReadOnlyList<PricedItem> items, Delivery? delivery, IReadOnlyList<Promotion>? promotions = null)
    {
        var zero = Money.Zero(currency);
        var discounts = promotions is null ? [] : Discounting.OfGoods(items, promotions);
        var lines = items.Select((item, line) => QuotedLine.Of(item, DiscountOf(line), delivery?.TaxZone)).ToList();
        var subtotal = Sum(lines.Select(line => line.Item.Amount));
        var goods = Sum(lines.Select(line => line.Discounted));
        if (delivery is null)
            return new(currency, lines, delivery, discounts, subtotal, zero, zero, zero, goods);

        var zone = delivery.TaxZone;
        var shipping = delivery.Tariff.Price(items.Sum(item => item.Grams), subtotal);
        if (Discounting.OfShipping(shipping, promotions ?? []) is { } free)
            discounts.Add(free);

        var paidShipping = shipping - DiscountOf(line: null);
        var shippingTax = zone.TaxOf(paidShipping, new(zone.Shipping));
        var tax = Sum(lines.Select(line => line.Tax)) + shippingTax;
        var total = goods + paidShipping + (zone.PricesIncludeTax ? zero : tax);
        return new(currency, lines, delivery, discounts, subtotal, shipping, shippingTax, tax, total);

        Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(zero, (sum, amount) => sum + amount);

        Money DiscountOf(int? line) => new(discounts.Where(discount => discount.Line == line).Sum(discount => discount.Amount), currency);
    }

    private Money DiscountOf(Func<AppliedDiscount, bool> meant) => new(Discounts.Where(meant).Sum(discount => discount.Amount), Currency);
}
