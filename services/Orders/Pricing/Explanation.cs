using System.Globalization;
using ShopFlow.Contracts;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Pricing;

/// <summary>One figure of a quote in words.</summary>
/// <param name="Figure">Which: item, shipping, tax, discount, or coupon for one that was not used.</param>
/// <param name="Text">How it came about.</param>
/// <param name="Amount">In major units.</param>
/// <param name="Included">Whether it is within the other amounts already.</param>
internal sealed record Explanation(string Figure, string Text, decimal Amount, bool Included = false)
{
    public static IReadOnlyList<Explanation> Of(Quote quote) =>
    [
        .. quote.Lines.Select(Item),
        .. quote.Discounts.Select(discount => Discount(quote, discount)),
        .. quote.UnusedCode is { } code ? [Unused(code, quote.Currency)] : Array.Empty<Explanation>(),
        .. quote.Delivery is { } delivery ? OfDelivery(quote, delivery) : [],
    ];

    private static Explanation Item(QuotedLine line) =>
        new("item", $"{line.Item.Variant.Name}: {line.Item.Quantity} x {line.Item.UnitPrice}", line.Item.Amount.ToDecimal());

    private static Explanation Discount(Quote quote, AppliedDiscount discount)
    {
        var name = discount.Code is { } code ? $"{discount.Name} ({code})" : discount.Name;
        var what = discount.Line is { } line ? quote.Lines[line].Item.Variant.Name : "shipping";
        return new("discount", $"{name} on {what}", new Money(-discount.Amount, quote.Currency).ToDecimal());
    }

    private static Explanation Unused(string code, string currency) =>
        new("coupon", $"{code} is kept: the order doesn't cost less with it", Money.Zero(currency).ToDecimal());

    private static IEnumerable<Explanation> OfDelivery(Quote quote, Delivery delivery)
    {
        yield return new("shipping", ShippingText(quote, delivery), quote.Shipping.ToDecimal());

        foreach (var line in quote.Lines)
            yield return Tax(delivery.TaxZone, line.Item.Variant.Name, line.Rate, line.Discounted, line.Tax);

        yield return Tax(delivery.TaxZone, "shipping", new(delivery.TaxZone.Shipping), quote.Shipping - quote.ShippingDiscount, quote.ShippingTax);
    }

    private static string ShippingText(Quote quote, Delivery delivery)
    {
        var (tariff, currency) = (delivery.Tariff, quote.Currency);
        var where = $"{delivery.Option.Name} to {delivery.ShippingZone.Name}";
        if (tariff.IsFree(quote.Subtotal))
            return $"{where}: free from {Money.FromDecimal(tariff.FreeFrom!.Value, currency)}";

        var further = ShippingTariff.FurtherKilograms(quote.Grams);
        var first = Money.FromDecimal(tariff.FirstKilogram, currency);
        return further is 0
            ? $"{where}, {quote.Grams} g: {first} up to 1 kg"
            : $"{where}, {quote.Grams} g: {first} for the first kg + {further} x {Money.FromDecimal(tariff.FurtherKilogram, currency)} for each further kg begun";
    }

    private static Explanation Tax(TaxZone zone, string what, TaxRate rate, Money amount, Money tax)
    {
        var percent = rate.Percent.ToString("0.###", CultureInfo.InvariantCulture);
        var relation = zone.PricesIncludeTax ? "within" : "of";
        return new("tax", $"{zone.Name} on {what}: {percent} % {relation} {amount}", tax.ToDecimal(), zone.PricesIncludeTax);
    }
}
