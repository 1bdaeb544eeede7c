using Microsoft.EntityFrameworkCore;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Recommendations.Counting;

/// <summary>Brings the stored counts up to date. The caller has the turn and the transaction.</summary>
internal sealed class CountTables(RecommendationsDbContext db)
{
    // Most batches count nothing (an order is placed before it is confirmed), and most baskets have no pair.
    public async Task AddAsync(Relation relation, BasketCounts counts, CancellationToken cancellationToken)
    {
        if (counts.Products.Count == 0)
            return;

        var (ids, orders, visits) = ProductColumns(relation, counts);
        await db.Database.ExecuteSqlAsync($"""
            insert into products as p (id, orders, visits)
            select * from unnest({ids}, {orders}, {visits})
            on conflict (id) do update set orders = p.orders + excluded.orders, visits = p.visits + excluded.visits
            """, cancellationToken);

        if (counts.Pairs.Count == 0)
            return;

        var (products, others, baskets) = PairColumns(counts);
        await db.Database.ExecuteSqlAsync($"""
            insert into pairs as p (product_id, relation, other_id, baskets)
            select product_id, {(short)relation}, other_id, baskets
            from unnest({products}, {others}, {baskets}) as met (product_id, other_id, baskets)
            on conflict (product_id, relation, other_id) do update set baskets = p.baskets + excluded.baskets
            """, cancellationToken);
    }

    public async Task TakeBackAsync(Relation relation, BasketCounts counts, CancellationToken cancellationToken)
    {
        if (counts.Products.Count == 0)
            return;

        var (ids, orders, visits) = ProductColumns(relation, counts);
        await db.Database.ExecuteSqlAsync($"""
            update products p
            set orders = p.orders - gone.orders, visits = p.visits - gone.visits
            from unnest({ids}, {orders}, {visits}) as gone (id, orders, visits)
            where p.id = gone.id
            """, cancellationToken);

        if (counts.Pairs.Count == 0)
            return;

        var (products, others, baskets) = PairColumns(counts);
        await db.Database.ExecuteSqlAsync($"""
            delete from pairs p
            using unnest({products}, {others}, {baskets}) as gone (product_id, other_id, baskets)
            where p.product_id = gone.product_id and p.relation = {(short)relation} and p.other_id = gone.other_id and p.baskets = gone.baskets
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            update pairs p
            set baskets = p.baskets - gone.baskets
            from unnest({products}, {others}, {baskets}) as gone (product_id, other_id, baskets)
            where p.product_id = gone.product_id and p.relation = {(short)relation} and p.other_id = gone.other_id
            """, cancellationToken);
    }

    private static (Guid[] Ids, int[] Orders, int[] Visits) ProductColumns(Relation relation, BasketCounts counts)
    {
        int[] counted = [.. counts.Products.Values];
        var none = new int[counted.Length];
        return ([.. counts.Products.Keys], relation == Relation.BoughtTogether ? counted : none, relation == Relation.ViewedTogether ? counted : none);
    }

    private static (Guid[] Products, Guid[] Others, int[] Baskets) PairColumns(BasketCounts counts) =>
        ([.. counts.Pairs.Keys.Select(pair => pair.ProductId)], [.. counts.Pairs.Keys.Select(pair => pair.OtherId)], [.. counts.Pairs.Values]);
}
