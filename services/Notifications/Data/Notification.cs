namespace ShopFlow.Notifications.Data;

/// <summary>Something that a user is told.</summary>
internal sealed class Notification
{
    /// <summary>Whoever has the role admin when they look.</summary>
    public const string Administrators = "administrators";

    /// <summary>That of the event it tells of, a UUIDv7: the order of the ids is that of time.</summary>
    public required Guid Id { get; init; }

    /// <summary>A user's id, or <see cref="Administrators"/>.</summary>
    public required string UserId { get; init; }

    public required NotificationType Type { get; init; }

    public required string Subject { get; init; }

    public required string Body { get; init; }

    public Guid? OrderId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
