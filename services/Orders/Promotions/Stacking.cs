using ShopFlow.Orders.Data;
using ShopFlow.Orders.Pricing;

namespace ShopFlow.Orders.Promotions;

/// <summary>
/// Which promotions hold together: either all that may be combined, or one that may not. The shopper gets what costs least; when
/// it is the same, the combinable ones, and then those that need no coupon, which is kept.
/// </summary>
internal static class Stacking
{
    /// <param name="currency">Of all prices.</param>
    /// <param name="items">At least one.</param>
    /// <param name="delivery">Null when the goods are collected.</param>
    /// <param name="promotions">Those that hold for the basket.</param>
    public static Quote BestQuote(string currency, IReadOnlyList<PricedItem> items, Delivery? delivery, IReadOnlyCollection<Promotion> promotions)
    {
        if (promotions is { Count: 0 })
            return Quote.Of(currency, items, delivery);

        var together = promotions.Where(promotion => promotion.Combinable).OrderByDescending(promotion => promotion.Priority).ThenBy(promotion => promotion.Id);
        var alone = promotions.Where(promotion => !promotion.Combinable).OrderBy(promotion => promotion.Code is not null);
        IEnumerable<IReadOnlyList<Promotion>> choices = [[.. together], .. alone.Select(promotion => new[] { promotion })];
        return choices.Select(choice => Quote.Of(currency, items, delivery, choice)).MinBy(quote => quote.Total.MinorUnits)!;
    }
}
