using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfConfirmedOrder(NotificationWriter writer) : IEventBatchHandler<OrderConfirmed>
{
    public Task HandleAsync(IReadOnlyList<OrderConfirmed> events, CancellationToken cancellationToken) =>
        writer.WriteAsync([.. events.Select(Notification)], cancellationToken);

    private static NewNotification Notification(OrderConfirmed e) =>
        new(e, e.UserId, NotificationType.OrderConfirmed, Wording.Of(nameof(NotificationType.OrderConfirmed), ("total", new Money(e.Total, e.Currency).ToString())))
        {
            OrderId = e.OrderId,
            Email = e.Email,
        };
}
