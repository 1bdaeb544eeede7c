using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfCancelledOrder(NotificationWriter writer) : IEventBatchHandler<OrderCancelled>
{
    public Task HandleAsync(IReadOnlyList<OrderCancelled> events, CancellationToken cancellationToken) =>
        writer.WriteAsync([.. events.Select(Notification)], cancellationToken);

    private static NewNotification Notification(OrderCancelled e) =>
        new(e, e.UserId, NotificationType.OrderCancelled, Wording.Of(nameof(NotificationType.OrderCancelled), ("reason", CancellationTexts.Of(e.Reason))))
        {
            OrderId = e.OrderId,
            Email = e.Email,
        };
}
