namespace ShopFlow.Search.Data;

/// <summary>A product that changed in the catalogue and has yet to be read from there.</summary>
internal sealed class ProductChange
{
    public required Guid ProductId { get; init; }

    /// <summary>The last event about it. Whoever reads the product ends the change only if no other event came meanwhile.</summary>
    public required Guid EventId { get; init; }

    /// <summary>When the first of these events happened.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Until then somebody is reading it.</summary>
    public required DateTimeOffset LeasedUntil { get; init; }
}
