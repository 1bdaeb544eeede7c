using System.Globalization;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfLowStock(NotificationWriter writer) : IEventBatchHandler<StockLow>
{
    public Task HandleAsync(IReadOnlyList<StockLow> events, CancellationToken cancellationToken) =>
        writer.WriteAsync([.. events.Select(Notification)], cancellationToken);

    private static NewNotification Notification(StockLow e) =>
        new(e, Data.Notification.Administrators, NotificationType.StockLow, Wording.Of(
            nameof(NotificationType.StockLow),
            ("sku", e.Sku),
            ("available", e.Available.ToString(CultureInfo.InvariantCulture)),
            ("threshold", e.Threshold.ToString(CultureInfo.InvariantCulture))));
}
