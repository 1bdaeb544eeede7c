-- Every row that this query returns is a breach: a count that is not what the stored orders and visits add up to.
-- It reads one snapshot, so it may run beside a busy shop. ./shopflow recommendations rebuild corrects what it finds.
with baskets as (
    select 0::smallint as relation, products from orders
    where products is not null and is_confirmed and not is_cancelled
    union all
    select 1::smallint, products from visits
),
counted as (
    select product_id, relation, other_id, count(*) as baskets
    from baskets
    cross join unnest(products) as product_id
    cross join unnest(products) as other_id
    group by product_id, relation, other_id
),
own as (
    select product_id as id,
           coalesce(sum(baskets) filter (where relation = 0), 0) as orders,
           coalesce(sum(baskets) filter (where relation = 1), 0) as visits
    from counted
    where product_id = other_id
    group by product_id
)
select 'recommendation-count' as breach, coalesce(p.id, own.id)::text as subject,
       format('says %s orders and %s visits, but there are %s and %s',
              coalesce(p.orders, 0), coalesce(p.visits, 0), coalesce(own.orders, 0), coalesce(own.visits, 0)) as detail
from products p
full join own on own.id = p.id
where (coalesce(p.orders, 0), coalesce(p.visits, 0)) <> (coalesce(own.orders, 0), coalesce(own.visits, 0))
union all
select 'recommendation-pair', coalesce(p.product_id, c.product_id)::text,
       format('says it met %s %s times, but it met %s times',
              coalesce(p.other_id, c.other_id), coalesce(p.baskets, 0), coalesce(c.baskets, 0))
from pairs p
full join (select * from counted where product_id <> other_id) c
    on c.product_id = p.product_id and c.relation = p.relation and c.other_id = p.other_id
where coalesce(p.baskets, 0) <> coalesce(c.baskets, 0)
order by breach, subject;
