namespace ShopFlow.Recommendations.Data;

/// <summary>
/// What the events have told of an order, whatever order they came in. It counts from when it is known to be confirmed and what
/// is in it, until it is cancelled.
/// </summary>
internal sealed class Order
{
    public Guid Id { get; init; }

    /// <summary>Each product once; null until the order's placing was heard of.</summary>
    public Guid[]? Products { get; init; }

    public bool IsConfirmed { get; init; }

    public bool IsCancelled { get; init; }

    public DateTimeOffset HeardAt { get; init; }
}
