-- Every row that this query returns is a breach: an order whose money or pieces do not add up, or that got stuck, or a coupon
-- that was redeemed more or less often than its orders say.
-- It reads one snapshot, so it may run beside a busy shop.
with line_sums as (
    select order_id, sum(unit_price * quantity) as subtotal, sum(discount) as discount, sum(tax) as tax, sum(refunded_amount) as refunded
    from order_lines
    group by order_id
),
explained as (
    select o.id as order_id, d.line, sum(d.amount) as amount
    from orders o
    cross join jsonb_to_recordset(o.discounts) as d (line integer, amount bigint)
    group by o.id, d.line
),
promised as (
    select order_id,
           sum(amount) filter (where state <> 'Rejected') as refunded,
           sum(shipping) filter (where state <> 'Rejected') as shipping
    from refunds
    group by order_id
),
promised_lines as (
    select r.order_id, l.position, sum(l.amount) as amount
    from refunds r
    join refund_lines l on l.refund_id = r.id
    where r.state <> 'Rejected'
    group by r.order_id, l.position
),
parcels as (
    select s.order_id, l.position,
           sum(l.quantity) as packed,
           coalesce(sum(l.quantity) filter (where s.state <> 'Packed'), 0) as shipped,
           coalesce(sum(l.quantity) filter (where s.state = 'Delivered'), 0) as delivered
    from shipments s
    join shipment_lines l on l.shipment_id = s.id
    group by s.order_id, l.position
),
sent_back as (
    select r.order_id, l.position, sum(l.received) as received, sum(l.quantity - l.received - l.rejected) as undecided
    from returns r
    join return_lines l on l.return_id = r.id
    group by r.order_id, l.position
),
redeemed as (
    select promotion_id, customer, count(*) as orders from coupon_redemptions where freed_at is null group by promotion_id, customer
),
figures as (
    select o.*,
           coalesce(s.subtotal, 0) as lines_subtotal,
           coalesce(s.discount, 0) as lines_discount,
           coalesce(e.amount, 0) as explained_shipping,
           coalesce(s.tax, 0) as lines_tax,
           coalesce(s.refunded, 0) as lines_refunded,
           coalesce(p.refunded, 0) as promised,
           coalesce(p.shipping, 0) as promised_shipping
    from orders o
    left join line_sums s on s.order_id = o.id
    left join explained e on e.order_id = o.id and e.line is null
    left join promised p on p.order_id = o.id
),
pieces as (
    select l.*,
           l.unit_price * l.quantity - l.discount + case when o.tax_included then 0 else l.tax end as paid,
           coalesce(e.amount, 0) as explained_discount,
           coalesce(r.amount, 0) as in_refunds,
           coalesce(p.packed, 0) as in_parcels,
           coalesce(p.shipped, 0) as in_shipped,
           coalesce(p.delivered, 0) as in_delivered,
           coalesce(b.received, 0) as in_received,
           coalesce(b.undecided, 0) as in_undecided
    from order_lines l
    join orders o on o.id = l.order_id
    left join explained e on e.order_id = l.order_id and e.line = l.position
    left join promised_lines r on r.order_id = l.order_id and r.position = l.position
    left join parcels p on p.order_id = l.order_id and p.position = l.position
    left join sent_back b on b.order_id = l.order_id and b.position = l.position
)
select 'order-total' as breach, id::text as subject,
       format('total %s, but %s - %s + shipping %s - %s + tax %s (%s), and its lines add up to %s',
              total, subtotal, discount, shipping, shipping_discount, tax, case when tax_included then 'included' else 'on top' end, lines_subtotal) as detail
from figures
where subtotal <> lines_subtotal
   or total <> subtotal - discount + shipping - shipping_discount + case when tax_included then 0 else tax end
union all
select 'order-discount', id::text,
       format('discount %s and %s on shipping, but %s of its lines, and promotions explain %s on shipping',
              discount, shipping_discount, lines_discount, explained_shipping)
from figures
where discount <> lines_discount
   or shipping_discount <> explained_shipping
union all
select 'line-discount', order_id || ' ' || sku, format('discount %s, but promotions explain %s', discount, explained_discount)
from pieces
where discount <> explained_discount
union all
select 'order-tax', id::text, format('tax %s, but %s of its lines + %s of shipping', tax, lines_tax, shipping_tax)
from figures
where tax <> lines_tax + shipping_tax
union all
select 'order-captured', id::text, format('%s, total %s, captured %s', state, total, captured)
from figures
where captured not in (0, total)
   or (captured <> total and state not in ('AwaitingStock', 'AwaitingPayment', 'AwaitingChallenge', 'Cancelled'))
union all
select 'order-refunded', id::text,
       format('refunded %s of captured %s, refunds add up to %s, lines %s + shipping %s',
              refunded, captured, promised, lines_refunded, shipping_refunded)
from figures
where refunded > captured
   or refunded <> promised
   or shipping_refunded <> promised_shipping
   or refunded <> lines_refunded + shipping_refunded
union all
select 'order-not-refunded', id::text, format('cancelled, but %s of %s were promised back', refunded, captured)
from figures
where state = 'Cancelled' and refunded < captured
union all
select 'order-overdue', id::text, format('%s although its deadline was %s', state, coalesce(deadline::text, 'never set'))
from figures
where state in ('AwaitingStock', 'AwaitingPayment', 'AwaitingChallenge')
  and coalesce(deadline, created_at) < now() - interval '1 minute'
union all
select 'order-history', f.id::text, format('%s at step %s, but its history ends with %s', f.state, f.step, coalesce(c.state, 'nothing'))
from figures f
left join status_changes c on c.order_id = f.id and c.step = f.step
where c.state is distinct from f.state
union all
select 'line-pieces', order_id || ' ' || sku,
       format('quantity %s, packed %s, shipped %s, delivered %s, returned %s, but parcels hold %s, %s, %s and returns %s',
              quantity, packed, shipped, delivered, returned, in_parcels, in_shipped, in_delivered, in_received)
from pieces
where packed > quantity
   or returned + return_requested > delivered
   or (packed, shipped, delivered, returned, return_requested) <> (in_parcels, in_shipped, in_delivered, in_received, in_undecided)
union all
select 'line-refunded', order_id || ' ' || sku,
       format('refunded %s for %s pieces of %s, which cost %s, and refunds add up to %s', refunded_amount, refunded_quantity, quantity, paid, in_refunds)
from pieces
where refunded_quantity > quantity
   or refunded_amount <> in_refunds
   or (refunded_quantity = quantity and refunded_amount <> paid)
   -- A share is rounded, by less than a minor unit for each piece.
   or abs(refunded_amount * quantity - paid * refunded_quantity) > refunded_quantity * quantity
union all
select 'refund-rejected', order_id::text, format('%s of %s: %s', amount, id, coalesce(failure, 'no reason given'))
from refunds r
where state = 'Rejected'
  and not exists (select from refunds later where later.order_id = r.order_id and later.requested_at > r.requested_at and later.state <> 'Rejected')
union all
select 'refund-unsettled', order_id::text, format('%s requested at %s', amount, requested_at)
from refunds
where state = 'Requested' and requested_at < now() - interval '5 minutes'
union all
select 'coupon-redeemed', p.code, format('%s redemptions (limit %s), but %s orders hold it', p.redeemed, coalesce(p.limit_total::text, 'none'), coalesce(r.orders, 0))
from promotions p
left join (select promotion_id, sum(orders) as orders from redeemed group by promotion_id) r on r.promotion_id = p.id
where p.redeemed <> coalesce(r.orders, 0)
   or p.redeemed > p.limit_total
union all
select 'coupon-customer', p.code || ' ' || customer, format('%s redemptions, but %s orders hold it', coalesce(c.redeemed, 0), coalesce(r.orders, 0))
from coupon_customers c
full join redeemed r using (promotion_id, customer)
join promotions p on p.id = promotion_id
where coalesce(c.redeemed, 0) <> coalesce(r.orders, 0)
union all
select 'coupon-order', o.id::text,
       format('%s with coupon %s, its redemption is %s, freed %s', o.state, coalesce(o.coupon_id::text, 'none'), coalesce(r.promotion_id::text, 'none'),
              coalesce(r.freed_at::text, 'never'))
from orders o
left join coupon_redemptions r on r.order_id = o.id
where o.coupon_id is distinct from r.promotion_id
   or (r.order_id is not null and (r.freed_at is not null) <> (o.state = 'Cancelled'))
   or (o.coupon_id is not null and not coalesce(o.discounts @> jsonb_build_array(jsonb_build_object('promotionId', o.coupon_id)), false))
order by breach, subject;
