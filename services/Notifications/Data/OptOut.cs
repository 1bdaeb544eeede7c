namespace ShopFlow.Notifications.Data;

/// <summary>A user does not want to be told of something this way. Without a row they do.</summary>
internal sealed class OptOut
{
    public required string UserId { get; init; }

    public required Channel Channel { get; init; }

    public required NotificationType Type { get; init; }
}
