using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfConfirmedOrder(NotificationsDbContext db) : IEventHandler<OrderConfirmed>
{
    public Task HandleAsync(OrderConfirmed e, CancellationToken cancellationToken)
    {
        db.Notifications.Add(new()
        {
            Id = e.Id,
            UserId = e.UserId,
            Type = NotificationType.OrderConfirmed,
            Subject = "Your order is confirmed",
            Body = $"Your payment of {new Money(e.Total, e.Currency)} was received and your goods are reserved for you.",
            OrderId = e.OrderId,
            CreatedAt = e.OccurredAt,
        });
        return Task.CompletedTask;
    }
}
