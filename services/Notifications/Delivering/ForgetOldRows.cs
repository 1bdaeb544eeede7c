using Microsoft.EntityFrameworkCore;
using ShopFlow.Notifications.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Notifications.Delivering;

/// <summary>Forgets what nobody looks up any more, a little at a time, so that nobody waits for it.</summary>
internal sealed class ForgetOldRows(NotificationsDbContext db, NotificationsOptions notifications, DeliveryOptions deliveries, TimeProvider time)
{
    private const int BatchSize = 1000;

    /// <summary>Any number, as long as nothing else in this database locks it.</summary>
    internal const long ForgetLock = 0x53_48_4F_50_4E_4F_54;

    /// <summary>One transaction.</summary>
    /// <returns>Whether more may be left; false as well while another replica is at it.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock({ForgetLock}) as \"Value\"").SingleAsync(cancellationToken))
            return false;

        var now = time.GetUtcNow();
        int[] forgotten =
        [
            await ForgetDeliveriesAsync(now - deliveries.KeepSent, cancellationToken),
            await ForgetSentMessagesAsync(now - deliveries.KeepSent, cancellationToken),
            await ForgetNotificationsAsync(now - notifications.KeepNotifications, cancellationToken),
        ];
        await transaction.CommitAsync(cancellationToken);
        return forgotten.Contains(BatchSize);
    }

    // ix_deliveries_settled_at
    private Task<int> ForgetDeliveriesAsync(DateTimeOffset since, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        delete from deliveries
        where id in (
            select id from deliveries
            where state in ('Sent', 'Skipped') and settled_at < {since}
            order by settled_at
            limit {BatchSize})
        """, cancellationToken);

    // ix_sent_messages_created_at
    private Task<int> ForgetSentMessagesAsync(DateTimeOffset since, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        delete from sent_messages
        where (sender_id, key) in (select sender_id, key from sent_messages where created_at < {since} limit {BatchSize})
        """, cancellationToken);

    // pk_notifications, whose order is that of time; ux_deliveries_notification_id_webhook_id. What was given up goes with what it tells; what
    // is still to be sent keeps it.
    private Task<int> ForgetNotificationsAsync(DateTimeOffset since, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        delete from notifications
        where id in (
            select id from notifications n
            where id < {TimeOrderedId.FirstAt(since)}
              and not exists (select from deliveries d where d.notification_id = n.id and d.due_at is not null)
            order by id
            limit {BatchSize})
        """, cancellationToken);
}
