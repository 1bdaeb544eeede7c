using System.Text.Json.Serialization;

namespace ShopFlow.Contracts;

/// <summary>
/// Something that happened in one service and that others may act on, named in the past tense. Changes to an event are
/// additive only: a consumer ignores members that it doesn't know.
/// </summary>
public abstract record IntegrationEvent
{
    /// <summary>A UUIDv7. Consumers recognise a second delivery by it.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Set when the event is published, unless its author has set it.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    public int Version { get; init; } = 1;

    /// <summary>W3C trace context of the span that handles the event, where it was received; no part of the event itself.</summary>
    [JsonIgnore]
    public string? TraceParent { get; init; }
}
