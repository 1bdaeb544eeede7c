using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfPlacedOrder(NotificationWriter writer) : IEventBatchHandler<OrderPlaced>
{
    public Task HandleAsync(IReadOnlyList<OrderPlaced> events, CancellationToken cancellationToken) =>
        writer.WriteAsync([.. events.Select(Notification)], cancellationToken);

    private static NewNotification Notification(OrderPlaced e) =>
        new(e, e.UserId, NotificationType.OrderPlaced, Wording.Of(nameof(NotificationType.OrderPlaced), ("total", new Money(e.Total, e.Currency).ToString())))
        {
            OrderId = e.OrderId,
            Email = e.Email,
        };
}
