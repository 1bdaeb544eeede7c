using ShopFlow.Contracts;
using ShopFlow.Orders.Pricing;

namespace ShopFlow.Orders.Promotions;

/// <summary>Whether a promotion holds for a basket.</summary>
internal static class Eligibility
{
    /// <returns>What is missing, as it follows "The promotion …"; null when it holds.</returns>
    public static string? WhyNot(PromotionTerms terms, string currency, IReadOnlyList<PricedItem> items, Delivery? delivery)
    {
        var meant = items.Where(item => terms.IsFor(item.Variant)).ToList();
        if (meant is [])
            return "is not for these goods";

        if (terms.Minimum is not null)
        {
            if (Amounts.In(terms.Minimum, currency) is not { } minimum)
                return NotIn(currency);
            if (PricedItem.Sum(meant) < minimum)
                return NeedsGoods(minimum);
        }

        return terms.Kind switch
        {
            PromotionKind.Fixed when Amounts.In(terms.Amount, currency) is null => NotIn(currency),
            PromotionKind.BuyXGetY when meant.Sum(item => item.Quantity) < terms.Buy + terms.Get => NeedsPieces(terms.Buy!.Value + terms.Get!.Value),
            PromotionKind.Tiered when terms.TierOf(meant) is null => WhyNoTier(terms.Tiers![0], currency),
            PromotionKind.FreeShipping when delivery is null => "needs a shippingAddress",
            PromotionKind.FreeShipping when terms.ShippingOptions?.Contains(delivery!.Option.Code) is false =>
                $"is for the shipping options {string.Join(", ", terms.ShippingOptions)}",
            _ => null,
        };
    }

    private static string WhyNoTier(Tier first, string currency) =>
        first.Pieces is { } pieces ? NeedsPieces(pieces)
        : Amounts.In(first.Spend, currency) is { } spend ? NeedsGoods(spend)
        : NotIn(currency);

    private static string NotIn(string currency) => $"is not for orders in {currency}";

    private static string NeedsGoods(Money worth) => $"needs goods worth {worth}";

    private static string NeedsPieces(int pieces) => $"needs {pieces} pieces";
}
