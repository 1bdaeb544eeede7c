using ShopFlow.Orders.Pricing;

namespace ShopFlow.Orders.Promotions;

/// <summary>
/// What a promotion takes off, and from what. Amounts are in major units by currency: in a currency that is not there the promotion
/// doesn't hold.
/// </summary>
/// <param name="Kind">Says which of the next five are needed; the others must be left out.</param>
/// <param name="Percent">Off the lines, or off the pieces that <see cref="PromotionKind.BuyXGetY"/> gives: 100 when left out there.</param>
/// <param name="Amount">Off the whole, for <see cref="PromotionKind.Fixed"/>.</param>
/// <param name="Buy">Pieces to pay in full for each <paramref name="Get"/>.</param>
/// <param name="Get">Pieces that cost less.</param>
/// <param name="Tiers">By rising thresholds; the highest that is reached holds.</param>
/// <param name="Skus">Only these, and those of <paramref name="ProductIds"/>; everything when both are left out.</param>
/// <param name="ProductIds">All variants of these.</param>
/// <param name="Minimum">What the goods that it is for have to cost before any discount.</param>
/// <param name="ShippingOptions">Which options <see cref="PromotionKind.FreeShipping"/> is for; all when left out.</param>
internal sealed record PromotionTerms(
    PromotionKind? Kind,
    decimal? Percent = null,
    IReadOnlyDictionary<string, decimal>? Amount = null,
    int? Buy = null,
    int? Get = null,
    IReadOnlyList<Tier>? Tiers = null,
    IReadOnlyList<string>? Skus = null,
    IReadOnlyList<string>? ProductIds = null,
    IReadOnlyDictionary<string, decimal>? Minimum = null,
    IReadOnlyList<string>? ShippingOptions = null)
{
    public bool IsFor(VariantPrice variant) =>
        (Skus is null && ProductIds is null) || Skus?.Contains(variant.Sku) is true || ProductIds?.Contains(variant.ProductId) is true;

    /// <summary>The highest that is reached; null when none is.</summary>
    /// <param name="meant">The lines that it is for.</param>
    public Tier? TierOf(IReadOnlyCollection<PricedItem> meant)
    {
        var (pieces, goods) = (meant.Sum(item => item.Quantity), PricedItem.Sum(meant));
        return Tiers!.LastOrDefault(tier => tier.IsReached(pieces, goods));
    }
}
