using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfRefundedOrder(NotificationWriter writer) : IEventBatchHandler<OrderRefunded>
{
    public Task HandleAsync(IReadOnlyList<OrderRefunded> events, CancellationToken cancellationToken) =>
        writer.WriteAsync([.. events.Select(Notification)], cancellationToken);

    private static NewNotification Notification(OrderRefunded e) =>
        new(e, e.UserId, NotificationType.OrderRefunded, Wording.Of(nameof(NotificationType.OrderRefunded), ("amount", new Money(e.Amount, e.Currency).ToString())))
        {
            OrderId = e.OrderId,
            Email = e.Email,
        };
}
