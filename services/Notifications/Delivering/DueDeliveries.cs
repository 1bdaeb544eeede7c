using Microsoft.EntityFrameworkCore;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Delivering;

/// <summary>
/// Claims due deliveries for one worker. A claim moves the due time past the lease: if the worker dies, the delivery is due again
/// by itself.
/// </summary>
internal sealed class DueDeliveries(NotificationsDbContext db, DeliveryOptions options, TimeProvider time)
{
    /// <param name="isMail">E-mails, or else webhooks.</param>
    /// <param name="busy">Webhooks that are being talked to: what is for them waits, so that a slow one holds up no other.</param>
    /// <param name="cancellationToken">Ends the claim.</param>
    /// <returns>The oldest notifications first.</returns>
    public Task<List<ClaimedDelivery>> ClaimAsync(bool isMail, IEnumerable<Guid> busy, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        // ix_deliveries_due
        return db.Database.SqlQuery<ClaimedDelivery>($"""
            with claimed as (
                update deliveries d
                set attempts = d.attempts + 1, due_at = {now + options.Lease}
                from (
                    select id from deliveries
                    where due_at <= {now} and (webhook_id is null) = {isMail} and (webhook_id is null or webhook_id <> all({busy.ToArray()}))
                    order by due_at
                    limit {options.BatchSize}
                    for update skip locked
                ) due
                where d.id = due.id
                returning d.*
            )
            select c.id as "Id", n.id as "NotificationId", c.attempts as "Attempts", c.gives_up_at as "GivesUpAt",
                   n.type as "Type", n.subject as "Subject", n.body as "Body", n.order_id as "OrderId", n.created_at as "CreatedAt",
                   coalesce(c.recipient, contacts.email) as "Recipient", contacts.username as "Username", c.link as "Link",
                   c.webhook_id as "WebhookId", w.url as "Url", w.secret as "Secret"
            from claimed c
            join notifications n on n.id = c.notification_id
            left join contacts on contacts.user_id = n.user_id
            left join webhooks w on w.id = c.webhook_id
            order by n.id
            """).ToListAsync(cancellationToken);
    }
}
