using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfShippedOrder(NotificationsDbContext db) : IEventHandler<OrderShipped>
{
    public Task HandleAsync(OrderShipped e, CancellationToken cancellationToken)
    {
        db.Notifications.Add(new()
        {
            Id = e.Id,
            UserId = e.UserId,
            Type = NotificationType.OrderShipped,
            Subject = "Your parcel is on its way",
            Body = $"{e.Lines.Sum(line => line.Quantity)} of your items left with {e.Carrier}, tracking number {e.TrackingNumber}.",
            OrderId = e.OrderId,
            CreatedAt = e.OccurredAt,
        });
        return Task.CompletedTask;
    }
}
