using Microsoft.EntityFrameworkCore;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Recommendations.Counting;

/// <summary>
/// Counts everything anew from the stored orders and visits and corrects what differs, while the service answers and goes on
/// counting. It goes through the products in slices, so that nobody waits long for a turn.
/// </summary>
internal sealed class RebuildCounts(RecommendationsDbContext db)
{
    // A slice counts all baskets, but keeps only the pairs of its products.
    private const int BasketsOfOneSlice = 100_000;

    private sealed record Counted(int Products, int Pairs);

    public async Task<RebuildResult> RunAsync(CancellationToken cancellationToken)
    {
        var baskets = await db.Orders.CountAsync(cancellationToken) + await db.Visits.CountAsync(cancellationToken);
        var slices = 1 + (baskets / BasketsOfOneSlice);

        var result = new RebuildResult(0, 0, 0, 0);
        for (var slice = 0; slice < slices; slice++)
            result += await RebuildAsync(slice, slices, cancellationToken);
        return result;
    }

    private async Task<RebuildResult> RebuildAsync(int slice, int slices, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(cancellationToken);

        await CountAsync(slice, slices, cancellationToken);
        var correctedPairs = await CorrectPairsAsync(slice, slices, cancellationToken);
        var correctedProducts = await CorrectProductsAsync(slice, slices, cancellationToken);
        var counts = await db.Database.SqlQuery<Counted>($"""
            select count(distinct product_id)::int as "Products",
                   (count(*) filter (where product_id <> other_id))::int as "Pairs"
            from counted
            """).SingleAsync(cancellationToken);

        await transaction.CommitAsync(cancellationToken);
        return new(counts.Products, counts.Pairs, correctedProducts, correctedPairs);
    }

    // A product meets itself in each of its baskets, so its own count is that of the pair with itself.
    private Task CountAsync(int slice, int slices, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        create temp table counted on commit drop as
        with baskets as (
            select {(short)Relation.BoughtTogether} as relation, products from orders
            where products is not null and is_confirmed and not is_cancelled
            union all
            select {(short)Relation.ViewedTogether}, products from visits
        )
        select product_id, relation, other_id, count(*)::int as baskets
        from baskets
        cross join unnest(products) as product_id
        cross join unnest(products) as other_id
        where (uuid_hash(product_id) & 2147483647) % {slices} = {slice}
        group by product_id, relation, other_id
        """, cancellationToken);

    private async Task<int> CorrectPairsAsync(int slice, int slices, CancellationToken cancellationToken)
    {
        var removed = await db.Database.ExecuteSqlAsync($"""
            delete from pairs p
            where (uuid_hash(product_id) & 2147483647) % {slices} = {slice}
              and not exists (
                  select from counted c
                  where c.product_id = p.product_id and c.relation = p.relation and c.other_id = p.other_id)
            """, cancellationToken);
        var written = await db.Database.ExecuteSqlAsync($"""
            insert into pairs as p (product_id, relation, other_id, baskets)
            select product_id, relation, other_id, baskets from counted where product_id <> other_id
            on conflict (product_id, relation, other_id) do update set baskets = excluded.baskets where p.baskets <> excluded.baskets
            """, cancellationToken);
        return removed + written;
    }

    private Task<int> CorrectProductsAsync(int slice, int slices, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        with own as (
            select product_id as id,
                   coalesce(sum(baskets) filter (where relation = {(short)Relation.BoughtTogether}), 0)::int as orders,
                   coalesce(sum(baskets) filter (where relation = {(short)Relation.ViewedTogether}), 0)::int as visits
            from counted
            where product_id = other_id
            group by product_id
            union all
            select id, 0, 0 from products p
            where (uuid_hash(id) & 2147483647) % {slices} = {slice}
              and not exists (select from counted c where c.product_id = p.id)
        )
        insert into products as p (id, orders, visits)
        select id, orders, visits from own
        on conflict (id) do update set orders = excluded.orders, visits = excluded.visits
        where (p.orders, p.visits) <> (excluded.orders, excluded.visits)
        """, cancellationToken);
}
