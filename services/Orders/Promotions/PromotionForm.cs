using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Promotions;

/// <param name="Name">As the shopper reads it.</param>
/// <param name="Terms">What it takes off.</param>
/// <param name="Code">Makes it a coupon. It can't be changed later.</param>
/// <param name="StartsAt">At once when left out.</param>
/// <param name="EndsAt">Never when left out.</param>
/// <param name="LimitTotal">Redemptions of the code in all; as many as are asked for when left out.</param>
/// <param name="LimitPerCustomer">Redemptions of the code by one user, or with one e-mail address of a guest.</param>
/// <param name="Combinable">Whether others may hold for the same order.</param>
/// <param name="Priority">Of those that hold together the highest comes first.</param>
internal sealed record PromotionForm(
    string? Name,
    PromotionTerms? Terms,
    string? Code = null,
    DateTimeOffset? StartsAt = null,
    DateTimeOffset? EndsAt = null,
    int? LimitTotal = null,
    int? LimitPerCustomer = null,
    bool Combinable = true,
    int Priority = 0)
{
    public Promotion ToPromotion(Guid id, string by, DateTimeOffset at)
    {
        var promotion = new Promotion
        {
            Id = id,
            Name = Name!,
            Code = Code?.ToUpperInvariant(),
            Terms = Terms!,
            CreatedAt = at,
            ChangedAt = at,
            ChangedBy = by,
        };
        CopyTo(promotion);
        return promotion;
    }

    /// <summary>Everything but the code.</summary>
    public void CopyTo(Promotion promotion)
    {
        promotion.Name = Name!;
        promotion.Terms = Terms!;
        promotion.StartsAt = StartsAt?.ToUniversalTime().ToMicroseconds();
        promotion.EndsAt = EndsAt?.ToUniversalTime().ToMicroseconds();
        promotion.LimitTotal = LimitTotal;
        promotion.LimitPerCustomer = LimitPerCustomer;
        promotion.Combinable = Combinable;
        promotion.Priority = Priority;
    }
}
