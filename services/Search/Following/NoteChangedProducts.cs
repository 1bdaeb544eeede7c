using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Search.Data;

namespace ShopFlow.Search.Following;

/// <summary>Notes which products have to be read again; <see cref="ChangeReader"/> does it, as no transaction should wait for the catalogue.</summary>
internal sealed class NoteChangedProducts(SearchDbContext db) : IEventBatchHandler<ProductsChanged>
{
    public Task HandleAsync(IReadOnlyList<ProductsChanged> events, CancellationToken cancellationToken)
    {
        var changes = events
            .SelectMany(e => e.ProductIds.Select(id => (Product: Guid.Parse(id), e.Id, e.OccurredAt)))
            .GroupBy(change => change.Product)
            .OrderBy(changes => changes.Key)
            .ToList();
        var products = changes.ConvertAll(changes => changes.Key);
        var lastEvents = changes.ConvertAll(changes => changes.Last().Id);
        var firstTimes = changes.ConvertAll(changes => changes.Min(change => change.OccurredAt));

        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO product_changes AS known (product_id, event_id, occurred_at, leased_until)
            SELECT product_id, event_id, occurred_at, '-infinity' FROM unnest({products}, {lastEvents}, {firstTimes}) AS told (product_id, event_id, occurred_at)
            ON CONFLICT (product_id) DO UPDATE
            SET event_id = excluded.event_id, occurred_at = least(known.occurred_at, excluded.occurred_at), leased_until = excluded.leased_until
            """,
            cancellationToken);
    }
}
