-- Every row that this query returns is a breach: money that the ledger and the payments disagree on, or that got stuck.
-- It reads one snapshot, so it may run beside a busy shop.
with movements as (
    select payment_id,
           coalesce(sum(amount) filter (where kind = 'Authorised'), 0) as authorised,
           coalesce(sum(amount) filter (where kind = 'Captured'), 0) as captured,
           coalesce(sum(amount) filter (where kind = 'Refunded'), 0) as refunded
    from ledger
    group by payment_id
),
paid_back as (
    select order_id,
           coalesce(sum(amount) filter (where state = 'Refunded'), 0) as refunded,
           coalesce(sum(amount) filter (where state in ('Requested', 'Refunded')), 0) as promised
    from refunds
    group by order_id
),
figures as (
    select p.*,
           coalesce(m.authorised, 0) as ledger_authorised,
           coalesce(m.captured, 0) as ledger_captured,
           coalesce(m.refunded, 0) as ledger_refunded,
           coalesce(b.refunded, 0) as refunds_refunded,
           coalesce(b.promised, 0) as refunds_promised
    from payments p
    left join movements m on m.payment_id = p.id
    left join paid_back b on b.order_id = p.order_id
)
select 'payment-captured' as breach, order_id::text as subject,
       format('captured %s, but the ledger says %s', captured, ledger_captured) as detail
from figures
where captured <> ledger_captured
union all
select 'payment-refunded', order_id::text, format('refunded %s, but the ledger says %s', refunded, ledger_refunded)
from figures
where refunded <> ledger_refunded
union all
select 'payment-refunds', order_id::text, format('refunded %s, but its refunds are %s', refunded, refunds_refunded)
from figures
where refunded <> refunds_refunded
union all
select 'refund-excess', order_id::text, format('%s are promised back, but %s is all that is to be paid', refunds_promised, amount)
from figures
where refunds_promised > amount
union all
select 'ledger-currency', p.order_id::text, format('%s of %s %s in a payment of %s', l.kind, l.amount, l.currency, p.currency)
from ledger l
join payments p on p.id = l.payment_id
where l.currency <> p.currency
union all
select 'payment-state', order_id::text, format('is %s, authorised %s and captured %s of %s', state, ledger_authorised, ledger_captured, amount)
from figures
where (state = 'Captured') <> (ledger_captured = amount and ledger_authorised = amount and amount > 0)
union all
select 'payment-cancelled', order_id::text, format('its order was cancelled, but %s of %s were refunded', refunded, captured)
from figures
where is_cancelled and refunded < captured and updated_at < now() - interval '5 minutes'
union all
select 'payment-stuck', order_id::text, format('%s since %s, %s attempts', state, created_at, attempts)
from figures
where state in ('Requested', 'Unknown') and created_at < now() - interval '5 minutes'
union all
select 'challenge-stuck', order_id::text, format('challenged since %s, %s attempts', created_at, attempts)
from figures
where state = 'Challenged' and created_at < now() - interval '15 minutes'
union all
select 'refund-failed', order_id::text, coalesce(failure, 'no reason given')
from refunds
where state = 'Failed'
union all
select 'refund-stuck', order_id::text, format('requested at %s, %s attempts', created_at, attempts)
from refunds
where state = 'Requested' and created_at < now() - interval '5 minutes'
order by breach, subject;
