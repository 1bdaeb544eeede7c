namespace ShopFlow.Auth.Data;

/// <summary>
/// A line of the audit log: see <see cref="Contracts.AdminActionRecorded"/>. A trigger refuses every change but that of an outcome from unknown to known.
/// </summary>
internal sealed class AdminActionEntry
{
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ActorId { get; init; }

    public required string ActorName { get; init; }

    public required string Service { get; init; }

    public required string Operation { get; init; }

    public required string Request { get; init; }

    public required string[] Objects { get; init; }

    public int? Status { get; init; }

    public string? Detail { get; init; }

    public string? CorrelationId { get; init; }
}
