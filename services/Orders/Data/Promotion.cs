using ShopFlow.Orders.Promotions;

namespace ShopFlow.Orders.Data;

/// <summary>An offer of the shop: for everybody, or, when it has a code, a coupon for whoever names it.</summary>
internal sealed class Promotion
{
    public const int FirstVersion = 1;

    /// <summary>A UUIDv7: of two the older has the smaller one.</summary>
    public required Guid Id { get; init; }

    /// <summary>As the shopper reads it.</summary>
    public required string Name { get; set; }

    /// <summary>In capital letters; null when nobody has to name it. It never changes.</summary>
    public string? Code { get; init; }

    public required PromotionTerms Terms { get; set; }

    /// <summary>Whether others may hold for the same order.</summary>
    public bool Combinable { get; set; } = true;

    /// <summary>Of those that hold together the highest comes first.</summary>
    public int Priority { get; set; }

    public DateTimeOffset? StartsAt { get; set; }

    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>Orders that may have it at the same time. The database keeps <see cref="Redeemed"/> within it.</summary>
    public int? LimitTotal { get; set; }

    public int? LimitPerCustomer { get; set; }

    /// <summary>Orders that have redeemed the code and are not cancelled.</summary>
    public int Redeemed { get; init; }

    /// <summary>Counts the changes, from 1; redemptions are none.</summary>
    public int Version { get; set; } = FirstVersion;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>The administrator's id.</summary>
    public required string ChangedBy { get; set; }

    /// <summary>Notes a change.</summary>
    public void Stamp(string by, DateTimeOffset at)
    {
        Version++;
        (ChangedBy, ChangedAt) = (by, at);
    }

    public PromotionStatus StatusAt(DateTimeOffset now) =>
        EndsAt <= now ? PromotionStatus.Ended
        : StartsAt > now ? PromotionStatus.Scheduled
        : PromotionStatus.Active;
}
