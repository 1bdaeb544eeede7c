namespace ShopFlow.Messaging;

/// <summary>An event that is committed and still has to reach the broker. The row goes when the broker has confirmed it.</summary>
public sealed class OutboxMessage
{
    /// <summary>Given by the database; the relay sends in this order, give or take what commits late.</summary>
    public long Position { get; init; }

    public required Guid Id { get; init; }

    /// <summary>The routing key.</summary>
    public required string Name { get; init; }

    /// <summary>The event as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>W3C trace context of whoever published the event.</summary>
    public string? TraceParent { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Not sent before: nobody was listening, or it may still change.</summary>
    public DateTimeOffset? HeldUntil { get; init; }
}
