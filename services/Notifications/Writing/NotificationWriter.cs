using Microsoft.EntityFrameworkCore;
using ShopFlow.Notifications.Data;
using ShopFlow.Notifications.Delivering;

namespace ShopFlow.Notifications.Writing;

/// <summary>Writes notifications down, together with their deliveries: an e-mail unless the user opted out, and one to each webhook that wants the type.</summary>
internal sealed class NotificationWriter(NotificationsDbContext db, DeliveryOptions options, TimeProvider time)
{
    // One round trip however many there are. A webhook that is being removed is waited for, and then isn't there. pk_notifications and ux_deliveries_notification_id_webhook_id make each be told once.
    public async Task WriteAsync(IReadOnlyList<NewNotification> notifications, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var deliveries = await db.Database.ExecuteSqlAsync($"""
            with given as (
                select *
                from unnest(
                    {notifications.Select(n => n.Id).ToArray()},
                    {notifications.Select(n => n.UserId).ToArray()},
                    {notifications.Select(n => n.Type.ToString()).ToArray()},
                    {notifications.Select(n => n.Wording.Subject).ToArray()},
                    {notifications.Select(n => n.Wording.Text).ToArray()},
                    {notifications.Select(n => n.OrderId).ToArray()},
                    {notifications.Select(n => n.At).ToArray()},
                    {notifications.Select(n => n.Email).ToArray()},
                    {notifications.Select(n => n.Link).ToArray()},
                    {notifications.Select(n => n.IsMailed && n.HasAddress).ToArray()}) as given (id, user_id, type, subject, body, order_id, created_at, email, link, is_mailed)
            ), told as (
                insert into notifications (id, user_id, type, subject, body, order_id, created_at)
                select id, user_id, type, subject, body, order_id, created_at from given order by id
                on conflict (id) do nothing
                returning id
            ), wanted as (
                select given.id, w.id as webhook_id
                from given
                join webhooks w on w.user_id = given.user_id and given.type = any(w.types)
                for key share of w
            ), outward as (
                select id, null::uuid as webhook_id, email, link
                from given
                where is_mailed and not exists (
                      select from opt_outs o where o.user_id = given.user_id and o.channel = {nameof(Channel.Email)} and o.type = given.type)
                union all
                select id, webhook_id, null, null from wanted
            )
            insert into deliveries (id, notification_id, webhook_id, recipient, link, state, due_at, gives_up_at, created_at)
            select gen_random_uuid(), o.id, o.webhook_id, o.email, o.link, {nameof(DeliveryState.Waiting)}, {now}, {now + options.GiveUpAfter}, {now}
            from outward o
            join told using (id)
            """, cancellationToken);
        db.HasNewDeliveries |= deliveries > 0;
    }
}
