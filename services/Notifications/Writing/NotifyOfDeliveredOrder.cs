using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfDeliveredOrder(NotificationWriter writer) : IEventBatchHandler<OrderDelivered>
{
    public Task HandleAsync(IReadOnlyList<OrderDelivered> events, CancellationToken cancellationToken) =>
        writer.WriteAsync([.. events.Select(Notification)], cancellationToken);

    private static NewNotification Notification(OrderDelivered e) =>
        new(e, e.UserId, NotificationType.OrderDelivered, Wording.Of(e.IsComplete ? "OrderDelivered" : "PartOfOrderDelivered"))
        {
            OrderId = e.OrderId,
            Email = e.Email,
        };
}
