using ShopFlow.Contracts;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Pricing;

namespace ShopFlow.Orders.Promotions;

/// <summary>
/// The arithmetic of promotions. They come one after another, each taking its part from what those before it have left, so that
/// no line ever costs less than nothing. A part is rounded once, as everything is.
/// </summary>
internal static class Discounting
{
    /// <param name="items">The lines.</param>
    /// <param name="promotions">In the order in which they come; they hold for these lines.</param>
    /// <returns>What each takes off which line.</returns>
    public static List<AppliedDiscount> OfGoods(IReadOnlyList<PricedItem> items, IEnumerable<Promotion> promotions)
    {
        var left = items.Select(item => item.Amount.MinorUnits).ToArray();
        var discounts = new List<AppliedDiscount>();
        foreach (var promotion in promotions)
        {
            var lines = Enumerable.Range(0, items.Count).Where(line => promotion.Terms.IsFor(items[line].Variant)).ToArray();
            foreach (var (line, amount) in PartsOf(promotion.Terms, items, lines, left).Where(part => part.Amount > 0).ToList())
            {
                left[line] -= amount;
                discounts.Add(new(promotion.Id, promotion.Name, promotion.Code, line, amount));
            }
        }

        return discounts;
    }

    /// <returns>The first that frees the order of its shipping; null when there is none, or nothing to free it of.</returns>
    public static AppliedDiscount? OfShipping(Money shipping, IEnumerable<Promotion> promotions) =>
        shipping.MinorUnits > 0 && promotions.FirstOrDefault(promotion => promotion.Terms.Kind is PromotionKind.FreeShipping) is { } free
            ? new(free.Id, free.Name, free.Code, Line: null, shipping.MinorUnits)
            : null;

    private static IEnumerable<(int Line, long Amount)> PartsOf(PromotionTerms terms, IReadOnlyList<PricedItem> items, int[] lines, long[] left) =>
        terms.Kind switch
        {
            PromotionKind.Percentage => PercentOff(terms.Percent!.Value, lines, left),
            PromotionKind.Tiered => PercentOff(terms.TierOf([.. lines.Select(line => items[line])])!.Percent!.Value, lines, left),
            PromotionKind.Fixed => GivenOut(Amounts.In(terms.Amount, items[0].Variant.Currency)!.Value.MinorUnits, lines, left),
            PromotionKind.BuyXGetY => Cheapest(terms, items, lines).Select(given => (
                given.Line, Rounding.Percent((Int128)left[given.Line] * given.Pieces, terms.Percent ?? 100, items[given.Line].Quantity))),
            PromotionKind.FreeShipping => [],
            _ => throw new InvalidOperationException($"Unknown promotion {terms.Kind}."),
        };

    private static IEnumerable<(int Line, long Amount)> PercentOff(decimal percent, int[] lines, long[] left) =>
        lines.Select(line => (line, Rounding.Percent(left[line], percent)));

    // By what the lines still cost, the parts adding up to the amount, or to all that is left when that is less.
    private static IEnumerable<(int Line, long Amount)> GivenOut(long amount, int[] lines, long[] left)
    {
        var whole = lines.Sum(line => left[line]);
        var given = Math.Min(amount, whole);
        var before = 0L;
        foreach (var line in lines.Where(line => left[line] > 0))
        {
            var upTo = before + left[line];
            yield return (line, Rounding.Share(given, before, upTo, whole));
            before = upTo;
        }
    }

    private static IEnumerable<(int Line, int Pieces)> Cheapest(PromotionTerms terms, IReadOnlyList<PricedItem> items, int[] lines)
    {
        var (buy, get) = (terms.Buy!.Value, terms.Get!.Value);
        var given = lines.Sum(line => items[line].Quantity) / (buy + get) * get;
        foreach (var line in lines.OrderBy(line => items[line].Variant.Price).TakeWhile(_ => given > 0))
        {
            var pieces = Math.Min(given, items[line].Quantity);
            yield return (line, pieces);
            given -= pieces;
        }
    }
}
