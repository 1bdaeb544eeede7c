using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfLowStock(NotificationsDbContext db) : IEventHandler<StockLow>
{
    public Task HandleAsync(StockLow e, CancellationToken cancellationToken)
    {
        db.Notifications.Add(new()
        {
            Id = e.Id,
            UserId = Notification.Administrators,
            Type = NotificationType.StockLow,
            Subject = $"{e.Sku} is running low",
            Body = $"{e.Available} can be bought; the threshold is {e.Threshold}.",
            CreatedAt = e.OccurredAt,
        });
        return Task.CompletedTask;
    }
}
