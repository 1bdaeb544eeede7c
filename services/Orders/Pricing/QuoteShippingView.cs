namespace ShopFlow.Orders.Pricing;

/// <param name="Option">The code of the option taken.</param>
/// <param name="Amount">What it costs, before any discount.</param>
/// <param name="Tax">Of what is paid for it; within that or on top of it, as the quote says.</param>
/// <param name="Options">Everything that is offered for the address.</param>
/// <param name="Discount">What promotions take off.</param>
internal sealed record QuoteShippingView(string Option, decimal Amount, decimal Tax, IReadOnlyList<ShippingOfferView> Options, decimal Discount)
{
    public static QuoteShippingView? Of(Quote quote)
    {
        if (quote.Delivery is not { } delivery)
            return null;

        return new(
            delivery.Option.Code,
            quote.Shipping.ToDecimal(),
            quote.ShippingTax.ToDecimal(),
            [.. delivery.Offers.Select(offer => new ShippingOfferView(
                offer.Code, offer.Name, offer.Tariffs[quote.Currency].Price(quote.Grams, quote.Subtotal).ToDecimal()))],
            quote.ShippingDiscount.ToDecimal());
    }
}
