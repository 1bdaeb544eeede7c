namespace ShopFlow.Inventory.Data;

/// <summary>What one order holds or held. There is one per order, whatever messages arrive in whatever order.</summary>
internal sealed class Reservation
{
    public Guid OrderId { get; init; }

    public ReservationState State { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the state was last changed; null while it is the first one.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The SKUs that were short, when the reservation was rejected.</summary>
    public string[]? RejectedSkus { get; init; }

    public List<ReservationLine> Lines { get; init; } = [];
}
