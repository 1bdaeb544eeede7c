using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfCancelledOrder(NotificationsDbContext db) : IEventHandler<OrderCancelled>
{
    public Task HandleAsync(OrderCancelled e, CancellationToken cancellationToken)
    {
        db.Notifications.Add(new()
        {
            Id = e.Id,
            UserId = e.UserId,
            Type = NotificationType.OrderCancelled,
            Subject = "Your order was cancelled",
            Body = CancellationTexts.Of(e.Reason),
            OrderId = e.OrderId,
            CreatedAt = e.OccurredAt,
        });
        return Task.CompletedTask;
    }
}
