using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfRefundedOrder(NotificationsDbContext db) : IEventHandler<OrderRefunded>
{
    public Task HandleAsync(OrderRefunded e, CancellationToken cancellationToken)
    {
        db.Notifications.Add(new()
        {
            Id = e.Id,
            UserId = e.UserId,
            Type = NotificationType.OrderRefunded,
            Subject = "Your money is on its way back",
            Body = $"We refunded {new Money(e.Amount, e.Currency)} to the card you paid with.",
            OrderId = e.OrderId,
            CreatedAt = e.OccurredAt,
        });
        return Task.CompletedTask;
    }
}
