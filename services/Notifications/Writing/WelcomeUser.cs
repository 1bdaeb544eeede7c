using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

/// <summary>Learns how to reach a new user, and says welcome.</summary>
internal sealed class WelcomeUser(NotificationWriter writer, NotificationsDbContext db) : IEventBatchHandler<UserRegistered>
{
    public async Task HandleAsync(IReadOnlyList<UserRegistered> events, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""
            insert into contacts (user_id, username, email)
            select * from unnest(
                {events.Select(e => e.UserId.ToString()).ToArray()},
                {events.Select(e => e.Username).ToArray()},
                {events.Select(e => e.Email).ToArray()})
            on conflict (user_id) do nothing
            """, cancellationToken);
        await writer.WriteAsync([.. events.Select(Notification)], cancellationToken);
    }

    private static NewNotification Notification(UserRegistered e) =>
        new(e, e.UserId.ToString(), NotificationType.Welcome, Wording.Of(nameof(NotificationType.Welcome), ("username", e.Username)))
        {
            Email = e.Email,
        };
}
