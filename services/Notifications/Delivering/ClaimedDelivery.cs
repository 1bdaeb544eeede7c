namespace ShopFlow.Notifications.Delivering;

/// <summary>A delivery that this process is to attempt now, with all that it needs to know.</summary>
internal sealed record ClaimedDelivery(
    Guid Id,
    Guid NotificationId,
    int Attempts,
    DateTimeOffset GivesUpAt,
    string Type,
    string Subject,
    string Body,
    Guid? OrderId,
    DateTimeOffset CreatedAt,
    string? Recipient,
    string? Username,
    string? Link,
    Guid? WebhookId,
    string? Url,
    string? Secret);
