using ShopFlow.Contracts;

namespace ShopFlow.Orders.Pricing;

internal sealed record QuotedLine(PricedItem Item, TaxRate Rate, Money Tax)
{
    public static QuotedLine Of(PricedItem item, TaxZone? zone)
    {
        var rate = zone?.RateOf(item.Variant.TaxClass) ?? new(0);
        return new(item, rate, zone?.TaxOf(item.Amount, rate) ?? Money.Zero(item.Variant.Currency));
    }
}
