using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Recommendations.Catalogue;

/// <summary>Notes which products the catalogue has to be asked about. It is asked later: nothing is locked while it answers.</summary>
internal sealed class NoteChangedProducts(RecommendationsDbContext db) : IEventBatchHandler<ProductsChanged>
{
    public async Task HandleAsync(IReadOnlyList<ProductsChanged> events, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. events.SelectMany(e => e.ProductIds).Where(id => Guid.TryParse(id, out _)).Select(Guid.Parse).Distinct()];

        await db.TakeTurnAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into products as p (id)
            select * from unnest({ids})
            on conflict (id) do update set announced = p.announced + 1
            """, cancellationToken);
    }
}
