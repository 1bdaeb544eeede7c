using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Sending;

/// <param name="Id">Of the notification.</param>
/// <param name="UserId">Who is told.</param>
/// <param name="Type">What kind it is.</param>
/// <param name="Message">The text.</param>
/// <param name="Channel">Where it goes beside the list of the shop.</param>
/// <param name="CreatedAt">When it was sent.</param>
internal sealed record SentNotification(Guid Id, string UserId, NotificationType Type, string Message, Channel Channel, DateTimeOffset CreatedAt);
