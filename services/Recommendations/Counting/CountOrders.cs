using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Recommendations.Counting;

/// <summary>
/// Counts an order once it is both placed, which says what is in it, and confirmed; takes it back when it is cancelled. The events
/// of an order may come in any order and more than once: whichever makes it count, or stop counting, changes the counts.
/// </summary>
internal sealed class CountOrders(RecommendationsDbContext db, CountTables counts, TimeProvider time)
    : IEventBatchHandler<OrderPlaced>, IEventBatchHandler<OrderConfirmed>, IEventBatchHandler<OrderCancelled>
{
    private sealed record Basket(Guid[] Products);

    public async Task HandleAsync(IReadOnlyList<OrderPlaced> events, CancellationToken cancellationToken)
    {
        var orders = events.DistinctBy(e => e.OrderId).ToList();
        var ids = orders.ConvertAll(order => order.OrderId);
        // An array of arrays must be rectangular, so each basket travels as the text of its array.
        var baskets = orders.ConvertAll(order => $"{{{string.Join(',', ProductsOf(order))}}}");

        await db.TakeTurnAsync(cancellationToken);
        await AddAsync(db.Database.SqlQuery<Basket>($"""
            with placed as (
                insert into orders as o (id, products, heard_at)
                select id, products::uuid[], {time.GetUtcNow()} from unnest({ids}, {baskets}) as placed (id, products)
                on conflict (id) do update set products = excluded.products where o.products is null
                returning *
            )
            select products as "Products" from placed where is_confirmed and not is_cancelled
            """), cancellationToken);
    }

    public async Task HandleAsync(IReadOnlyList<OrderConfirmed> events, CancellationToken cancellationToken)
    {
        var ids = events.Select(e => e.OrderId).Distinct().ToArray();
        await db.TakeTurnAsync(cancellationToken);
        await AddAsync(db.Database.SqlQuery<Basket>($"""
            with confirmed as (
                insert into orders as o (id, is_confirmed, heard_at)
                select id, true, {time.GetUtcNow()} from unnest({ids}) as id
                on conflict (id) do update set is_confirmed = true where not o.is_confirmed
                returning *
            )
            select products as "Products" from confirmed where products is not null and not is_cancelled
            """), cancellationToken);
    }

    public async Task HandleAsync(IReadOnlyList<OrderCancelled> events, CancellationToken cancellationToken)
    {
        var ids = events.Select(e => e.OrderId).Distinct().ToArray();
        await db.TakeTurnAsync(cancellationToken);
        var gone = await db.Database.SqlQuery<Basket>($"""
            with cancelled as (
                insert into orders as o (id, is_cancelled, heard_at)
                select id, true, {time.GetUtcNow()} from unnest({ids}) as id
                on conflict (id) do update set is_cancelled = true where not o.is_cancelled
                returning *
            )
            select products as "Products" from cancelled where products is not null and is_confirmed
            """).ToListAsync(cancellationToken);
        await counts.TakeBackAsync(Relation.BoughtTogether, Of(gone), cancellationToken);
    }

    private async Task AddAsync(IQueryable<Basket> baskets, CancellationToken cancellationToken) =>
        await counts.AddAsync(Relation.BoughtTogether, Of(await baskets.ToListAsync(cancellationToken)), cancellationToken);

    private static BasketCounts Of(IEnumerable<Basket> baskets) => BasketCounts.Of(baskets.Select(basket => basket.Products));

    private static IEnumerable<Guid> ProductsOf(OrderPlaced order) => order.Lines
        .Select(line => Guid.TryParse(line.ProductId, out var id) ? id : Guid.Empty)
        .Where(id => id != Guid.Empty)
        .Distinct();
}
