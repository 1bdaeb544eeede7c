namespace ShopFlow.Notifications.Data;

/// <summary>That a request with an Idempotency-Key has made its notification.</summary>
internal sealed class SentMessage
{
    /// <summary>The id of the user who sent it.</summary>
    public required string SenderId { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of the request.</summary>
    public required byte[] RequestHash { get; init; }

    public required Guid NotificationId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
