using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class WelcomeUser(NotificationsDbContext db) : IEventHandler<UserRegistered>
{
    public Task HandleAsync(UserRegistered e, CancellationToken cancellationToken)
    {
        db.Notifications.Add(new()
        {
            Id = e.Id,
            UserId = e.UserId.ToString(),
            Type = NotificationType.Welcome,
            Subject = "Welcome to ShopFlow",
            Body = $"Your account {e.Username} is open.",
            CreatedAt = e.OccurredAt,
        });
        return Task.CompletedTask;
    }
}
