using ShopFlow.Contracts;

namespace ShopFlow.Orders.Promotions;

/// <summary>One step of a <see cref="PromotionKind.Tiered"/> promotion: reached by pieces or by money, never both.</summary>
/// <param name="Pieces">From how many pieces on.</param>
/// <param name="Spend">From how much on, in major units by currency.</param>
/// <param name="Percent">Off each line, once the step is reached.</param>
internal sealed record Tier(int? Pieces, IReadOnlyDictionary<string, decimal>? Spend, decimal? Percent)
{
    public bool IsReached(int pieces, Money goods) =>
        Pieces is { } needed ? pieces >= needed : Amounts.In(Spend, goods.Currency) is { } threshold && goods >= threshold;
}
