using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfDeliveredOrder(NotificationsDbContext db) : IEventHandler<OrderDelivered>
{
    public Task HandleAsync(OrderDelivered e, CancellationToken cancellationToken)
    {
        db.Notifications.Add(new()
        {
            Id = e.Id,
            UserId = e.UserId,
            Type = NotificationType.OrderDelivered,
            Subject = e.IsComplete ? "Your order has arrived" : "A parcel of your order has arrived",
            Body = e.IsComplete ? "Everything you ordered has been delivered." : "The rest is still to come.",
            OrderId = e.OrderId,
            CreatedAt = e.OccurredAt,
        });
        return Task.CompletedTask;
    }
}
