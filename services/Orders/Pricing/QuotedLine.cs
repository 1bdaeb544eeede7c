using ShopFlow.Contracts;

namespace ShopFlow.Orders.Pricing;

/// <param name="Item">What is bought.</param>
/// <param name="Discount">What promotions take off the item's amount.</param>
/// <param name="Rate">Of the tax.</param>
/// <param name="Tax">Of what is left.</param>
internal sealed record QuotedLine(PricedItem Item, Money Discount, TaxRate Rate, Money Tax)
{
    public Money Discounted => Item.Amount - Discount;

    public static QuotedLine Of(PricedItem item, Money discount, TaxZone? zone)
    {
        var rate = zone?.RateOf(item.Variant.TaxClass) ?? new(0);
        return new(item, discount, rate, zone?.TaxOf(item.Amount - discount, rate) ?? Money.Zero(item.Variant.Currency));
    }
}
