namespace ShopFlow.Notifications.Data;

/// <summary>Where a customer's own program wants to be told.</summary>
internal sealed class Webhook
{
    public required Guid Id { get; init; }

    public required string UserId { get; init; }

    public required string Url { get; init; }

    /// <summary>Signs what is sent there.</summary>
    public required string Secret { get; init; }

    public required NotificationType[] Types { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
