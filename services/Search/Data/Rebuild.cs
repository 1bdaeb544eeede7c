namespace ShopFlow.Search.Data;

/// <summary>Reading of the whole catalogue, from the first product to the last. Whoever leases it goes on where the one before stopped.</summary>
internal sealed class Rebuild
{
    public required Guid Id { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Read so far.</summary>
    public int Products { get; init; }

    /// <summary>The last product that was read.</summary>
    public Guid Position { get; init; }

    /// <summary>Until then somebody is at it.</summary>
    public required DateTimeOffset LeasedUntil { get; init; }
}
