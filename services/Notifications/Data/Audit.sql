-- Every row that this query returns is a breach: a delivery that contradicts itself or got stuck, or a secret that was kept.
-- It reads one snapshot, so it may run beside a busy shop.
select 'delivery-state' as breach, id::text as subject, format('is %s, but its next attempt is due %s', state, coalesce(due_at::text, 'never')) as detail
from deliveries
where (state = 'Waiting') <> (due_at is not null)
union all
select 'delivery-stuck', id::text, format('due since %s, %s attempts', due_at, attempts)
from deliveries
where due_at < now() - interval '5 minutes'
union all
select 'delivery-link', id::text, format('is %s, and still has its secret link', state)
from deliveries
where link is not null and due_at is null
union all
select 'email-unasked', n.id::text, 'was sent to administrators, who have no mailbox'
from deliveries d
join notifications n on n.id = d.notification_id
where d.webhook_id is null and n.user_id = 'administrators'
order by breach, subject;
