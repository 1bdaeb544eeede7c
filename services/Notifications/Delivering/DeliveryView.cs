using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Delivering;

/// <param name="Id">Names it for a replay.</param>
/// <param name="NotificationId">What it tells.</param>
/// <param name="Type">Of the notification.</param>
/// <param name="WebhookId">Null for e-mail.</param>
/// <param name="State">Dead ones can be replayed.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Error">Why the last attempt failed.</param>
/// <param name="DueAt">When it is tried again.</param>
/// <param name="CreatedAt">When it was written.</param>
internal sealed record DeliveryView(
    Guid Id,
    Guid NotificationId,
    NotificationType Type,
    Guid? WebhookId,
    DeliveryState State,
    int Attempts,
    string? Error,
    DateTimeOffset? DueAt,
    DateTimeOffset CreatedAt);

/// <param name="Deliveries">At most as many as were asked for, the newest first.</param>
/// <param name="Next">What to send as <c>next</c> for the following page; null on the last.</param>
internal sealed record DeliveryPage(IReadOnlyList<DeliveryView> Deliveries, string? Next);
