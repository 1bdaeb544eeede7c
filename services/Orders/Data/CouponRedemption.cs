namespace ShopFlow.Orders.Data;

/// <summary>That an order has redeemed a coupon.</summary>
internal sealed class CouponRedemption
{
    public required Guid OrderId { get; init; }

    public required Guid PromotionId { get; init; }

    /// <summary>A user's id, or what stands for a guest's e-mail address.</summary>
    public required string Customer { get; init; }

    public required DateTimeOffset RedeemedAt { get; init; }

    /// <summary>When the order was cancelled.</summary>
    public DateTimeOffset? FreedAt { get; set; }
}
