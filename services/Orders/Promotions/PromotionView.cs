using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Promotions;

/// <param name="Redeemed">Orders that have redeemed the code and are not cancelled.</param>
/// <param name="ChangedBy">The administrator's id.</param>
internal sealed record PromotionView(
    Guid Id,
    PromotionStatus Status,
    string Name,
    string? Code,
    PromotionTerms Terms,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    int? LimitTotal,
    int? LimitPerCustomer,
    int Redeemed,
    bool Combinable,
    int Priority,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    string ChangedBy)
{
    public static PromotionView Of(Promotion promotion, DateTimeOffset now) => new(
        promotion.Id,
        promotion.StatusAt(now),
        promotion.Name,
        promotion.Code,
        promotion.Terms,
        promotion.StartsAt,
        promotion.EndsAt,
        promotion.LimitTotal,
        promotion.LimitPerCustomer,
        promotion.Redeemed,
        promotion.Combinable,
        promotion.Priority,
        promotion.CreatedAt,
        promotion.ChangedAt,
        promotion.ChangedBy);
}
