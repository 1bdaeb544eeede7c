namespace ShopFlow.Messaging;

/// <summary>An event that this service has handled.</summary>
public sealed class InboxMessage
{
    public required Guid Id { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}
