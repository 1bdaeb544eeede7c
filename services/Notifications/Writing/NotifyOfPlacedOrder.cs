using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfPlacedOrder(NotificationsDbContext db) : IEventHandler<OrderPlaced>
{
    public Task HandleAsync(OrderPlaced e, CancellationToken cancellationToken)
    {
        db.Notifications.Add(new()
        {
            Id = e.Id,
            UserId = e.UserId,
            Type = NotificationType.OrderPlaced,
            Subject = "We have your order",
            Body = $"Thank you. Your order of {new Money(e.Total, e.Currency)} is being checked; we write again when it is confirmed.",
            OrderId = e.OrderId,
            CreatedAt = e.OccurredAt,
        });
        return Task.CompletedTask;
    }
}
