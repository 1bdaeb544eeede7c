using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Reading;

internal sealed record NotificationView(Guid Id, NotificationType Type, string Subject, string Body, Guid? OrderId, DateTimeOffset CreatedAt);
