using ShopFlow.Contracts;

namespace ShopFlow.Orders.Pricing;

/// <summary>
/// What a basket costs. Every tax is rounded for itself (a line's, that of shipping), and the totals are sums of rounded figures:
/// nothing is rounded twice, and what is shown adds up.
/// </summary>
internal sealed record Quote(
    string Currency, IReadOnlyList<QuotedLine> Lines, Delivery? Delivery, Money Subtotal, Money Shipping, Money ShippingTax, Money Tax, Money Total)
{
    public bool TaxIncluded => Delivery?.TaxZone.PricesIncludeTax ?? false;

    public long Grams => Lines.Sum(line => line.Item.Grams);

    /// <param name="currency">Of all prices.</param>
    /// <param name="items">At least one.</param>
    /// <param name="delivery">Null when the goods are collected: they bear no shipping, and no tax is added.</param>
    public static Quote Of(string currency, IReadOnlyList<PricedItem> items, Delivery? delivery)
    {
        var zero = Money.Zero(currency);
        var lines = items.Select(item => QuotedLine.Of(item, delivery?.TaxZone)).ToList();
        var subtotal = Sum(lines.Select(line => line.Item.Amount));
        if (delivery is null)
            return new(currency, lines, delivery, subtotal, zero, zero, zero, subtotal);

        var zone = delivery.TaxZone;
        var shipping = delivery.Tariff.Price(items.Sum(item => item.Grams), subtotal);
        var shippingTax = zone.TaxOf(shipping, new(zone.Shipping));
        var tax = Sum(lines.Select(line => line.Tax)) + shippingTax;
        var total = subtotal + shipping + (zone.PricesIncludeTax ? zero : tax);
        return new(currency, lines, delivery, subtotal, shipping, shippingTax, tax, total);

        Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(zero, (sum, amount) => sum + amount);
    }
}
