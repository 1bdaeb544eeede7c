using Microsoft.EntityFrameworkCore;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Recommendations.Counting;

/// <summary>
/// Forgets orders and visits that are too old and takes back what they gave: what shoppers did years ago recommends nothing, and
/// the tables stop growing.
/// </summary>
internal sealed class ForgetBaskets(RecommendationsDbContext db, CountTables counts, RecommendationsOptions options, TimeProvider time)
{
    private const int BatchSize = 1000;

    private sealed record Basket(Guid[] Products);

    /// <summary>One transaction.</summary>
    /// <returns>Whether more may be left.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(cancellationToken);

        // ix_orders_heard_at, ix_visits_day
        var firstHeardAt = time.GetUtcNow() - options.OrderMemory;
        var orders = await db.Database.SqlQuery<Basket>($$"""
            with gone as (
                delete from orders
                where id in (select id from orders where heard_at < {{firstHeardAt}} order by heard_at limit {{BatchSize}})
                returning *
            )
            select case when products is not null and is_confirmed and not is_cancelled then products else '{}' end as "Products" from gone
            """).ToListAsync(cancellationToken);
        var firstDay = DateOnly.FromDateTime((time.GetUtcNow() - options.VisitMemory).UtcDateTime);
        var visits = await db.Database.SqlQuery<Basket>($"""
            with gone as (
                delete from visits
                where id in (select id from visits where day < {firstDay} order by day limit {BatchSize})
                returning *
            )
            select products as "Products" from gone
            """).ToListAsync(cancellationToken);

        await counts.TakeBackAsync(Relation.BoughtTogether, CountsOf(orders), cancellationToken);
        await counts.TakeBackAsync(Relation.ViewedTogether, CountsOf(visits), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return orders.Count == BatchSize || visits.Count == BatchSize;
    }

    private static BasketCounts CountsOf(IEnumerable<Basket> baskets) => BasketCounts.Of(baskets.Select(basket => basket.Products));
}
