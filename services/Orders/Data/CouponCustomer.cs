namespace ShopFlow.Orders.Data;

/// <summary>How often a customer has redeemed a coupon. The database keeps <see cref="Redeemed"/> within <see cref="Most"/>.</summary>
internal sealed class CouponCustomer
{
    public required Guid PromotionId { get; init; }

    public required string Customer { get; init; }

    public int Redeemed { get; init; }

    /// <summary>The coupon's limit per customer when it was last redeemed.</summary>
    public int? Most { get; init; }
}
