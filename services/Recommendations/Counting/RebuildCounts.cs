using System.Data;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Recommendations.Counting;

/// <summary>
/// Counts everything anew from the stored orders and visits and corrects what differs, while the service answers and goes on
/// counting. It goes through the products in slices, and compares a slice as of one moment without a turn: whoever counts meanwhile changes
/// baskets and counts together, so a difference stays what it was. Only differences are written in turn, some at a time.
/// </summary>
internal sealed class RebuildCounts(RecommendationsDbContext db)
{
    // A slice counts all baskets, but keeps only the pairs of its products.
    private const int BasketsOfOneSlice = 100_000;

    private const int DifferencesOfOneTurn = 5000;

    // What is taken back from a count that is too low stays there: then the difference was another one, and the next look finds it.
    private const int MostLooks = 3;

    private sealed record Counted(int Products, int Pairs, int Differences, int WrongProducts, int WrongPairs);

    public async Task<RebuildResult> RunAsync(CancellationToken cancellationToken)
    {
        var baskets = await db.Orders.CountAsync(cancellationToken) + await db.Visits.CountAsync(cancellationToken);
        var slices = 1 + (baskets / BasketsOfOneSlice);

        // The differences are in a table of the session.
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var result = new RebuildResult(0, 0, 0, 0);
            for (var slice = 0; slice < slices; slice++)
                result += await RebuildAsync(slice, slices, cancellationToken);
            return result;
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"drop table if exists differences", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task<RebuildResult> RebuildAsync(int slice, int slices, CancellationToken cancellationToken)
    {
        var corrected = (Products: 0, Pairs: 0);
        for (var look = 1; ; look++)
        {
            var counted = await CompareAsync(slice, slices, cancellationToken);
            corrected = (corrected.Products + counted.WrongProducts, corrected.Pairs + counted.WrongPairs);
            for (var done = 0; done < counted.Differences; done += DifferencesOfOneTurn)
                await CorrectAsync(done, cancellationToken);

            if (counted.Differences == 0 || look == MostLooks)
                return new(counted.Products, counted.Pairs, corrected.Products, corrected.Pairs);
        }
    }

    // A product meets itself in each of its baskets, so its own count is that of the pair with itself.
    private async Task<Counted> CompareAsync(int slice, int slices, CancellationToken cancellationToken)
    {
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
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
        await db.Database.ExecuteSqlAsync($"drop table if exists differences", cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            create temp table differences as
            with stored as (
                select product_id, relation, other_id, baskets from pairs
                union all
                select id, {(short)Relation.BoughtTogether}, id, orders from products
                union all
                select id, {(short)Relation.ViewedTogether}, id, visits from products
            )
            select row_number() over () as number, product_id, relation, other_id, coalesce(c.baskets, 0) - coalesce(s.baskets, 0) as missing
            from counted c
            full join (select * from stored where (uuid_hash(product_id) & 2147483647) % {slices} = {slice}) s
                using (product_id, relation, other_id)
            where coalesce(c.baskets, 0) <> coalesce(s.baskets, 0)
            """, cancellationToken);
        var counted = await db.Database.SqlQuery<Counted>($"""
            select (select count(distinct product_id) from counted)::int as "Products",
                   (select count(*) from counted where product_id <> other_id)::int as "Pairs",
                   (select count(*) from differences)::int as "Differences",
                   (select count(distinct product_id) from differences where product_id = other_id)::int as "WrongProducts",
                   (select count(*) from differences where product_id <> other_id)::int as "WrongPairs"
            """).SingleAsync(cancellationToken);

        await moment.CommitAsync(cancellationToken);
        return counted;
    }

    /// <summary>Writes the differences that follow after the first <paramref name="done"/>.</summary>
    private async Task CorrectAsync(int done, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            merge into pairs p
            using (
                select * from differences
                where number > {done} and number <= {done + DifferencesOfOneTurn} and product_id <> other_id
            ) d
            on p.product_id = d.product_id and p.relation = d.relation and p.other_id = d.other_id
            when matched and p.baskets + d.missing <= 0 then delete
            when matched then update set baskets = p.baskets + d.missing
            when not matched and d.missing > 0 then
                insert (product_id, relation, other_id, baskets) values (d.product_id, d.relation, d.other_id, d.missing)
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            merge into products p
            using (
                select product_id as id,
                       coalesce(sum(missing) filter (where relation = {(short)Relation.BoughtTogether}), 0)::int as orders,
                       coalesce(sum(missing) filter (where relation = {(short)Relation.ViewedTogether}), 0)::int as visits
                from differences
                where number > {done} and number <= {done + DifferencesOfOneTurn} and product_id = other_id
                group by product_id
            ) d
            on p.id = d.id
            when matched then update set orders = greatest(p.orders + d.orders, 0), visits = greatest(p.visits + d.visits, 0)
            when not matched then insert (id, orders, visits) values (d.id, greatest(d.orders, 0), greatest(d.visits, 0))
            """, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
