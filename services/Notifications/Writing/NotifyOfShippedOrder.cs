using System.Globalization;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfShippedOrder(NotificationWriter writer) : IEventBatchHandler<OrderShipped>
{
    public Task HandleAsync(IReadOnlyList<OrderShipped> events, CancellationToken cancellationToken) =>
        writer.WriteAsync([.. events.Select(Notification)], cancellationToken);

    private static NewNotification Notification(OrderShipped e) =>
        new(e, e.UserId, NotificationType.OrderShipped, Words(e))
        {
            OrderId = e.OrderId,
            Email = e.Email,
        };

    private static Wording Words(OrderShipped e) => Wording.Of(
        nameof(NotificationType.OrderShipped),
        ("pieces", e.Lines.Sum(line => line.Quantity).ToString(CultureInfo.InvariantCulture)),
        ("carrier", e.Carrier),
        ("trackingNumber", e.TrackingNumber));
}
