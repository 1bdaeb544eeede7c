using ShopFlow.Contracts;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Promotions;

/// <param name="Name">The promotion's.</param>
/// <param name="Code">The coupon's; null when it needs none.</param>
/// <param name="Amount">What it takes off, in major units.</param>
internal sealed record DiscountView(string Name, string? Code, decimal Amount)
{
    /// <summary>One for each promotion; null when there is none.</summary>
    public static IReadOnlyList<DiscountView>? Of(IEnumerable<AppliedDiscount> discounts, string currency)
    {
        var views = discounts
            .GroupBy(discount => discount.PromotionId, (_, parts) => parts.ToList())
            .Select(parts => new DiscountView(parts[0].Name, parts[0].Code, new Money(parts.Sum(part => part.Amount), currency).ToDecimal()))
            .ToList();
        return views is [] ? null : views;
    }
}
