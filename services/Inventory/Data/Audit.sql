-- Every row that this query returns is a breach: stock that does not add up, or an order that was paid for and has no goods.
-- It reads one snapshot, so it may run beside a busy shop.
with held as (
    select l.sku,
           coalesce(sum(l.quantity) filter (where r.state = 'Held'), 0) as reserved,
           coalesce(sum(l.quantity) filter (where r.state = 'Confirmed'), 0) as sold
    from reservation_lines l
    join reservations r using (order_id)
    group by l.sku
),
adjustments as (
    select sku, sum(delta) as delta from stock_adjustments group by sku
),
returned as (
    select sku, sum(quantity) as units from stock_returns group by sku
),
figures as (
    select s.*,
           coalesce(a.delta, 0) as adjustments,
           coalesce(h.reserved, 0) as lines_reserved,
           coalesce(h.sold, 0) - coalesce(b.units, 0) as lines_sold
    from stock s
    left join adjustments a using (sku)
    left join returned b using (sku)
    left join held h using (sku)
)
select 'stock-sum' as breach, sku as subject,
       format('initial %s + adjustments %s, but available %s + reserved %s + sold %s',
              initial, adjustments, available, reserved, sold) as detail
from figures
where initial + adjustments <> available + reserved + sold
union all
select 'stock-reserved', sku, format('reserved %s, but held reservations add up to %s', reserved, lines_reserved)
from figures
where reserved <> lines_reserved
union all
select 'stock-sold', sku, format('sold %s, but confirmed reservations less returns add up to %s', sold, lines_sold)
from figures
where sold <> lines_sold
union all
select 'order-unfilled', order_id::text, format('confirmed at %s after its reservation had expired, and the goods were gone', settled_at)
from reservations
where state = 'Unfilled'
union all
select 'reservation-overdue', order_id::text, format('still held though it expired at %s', expires_at)
from reservations
where state = 'Held' and expires_at < now() - interval '5 minutes'
order by breach, subject;
