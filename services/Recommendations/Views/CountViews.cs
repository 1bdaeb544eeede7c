using Microsoft.EntityFrameworkCore;
using ShopFlow.Recommendations.Counting;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Recommendations.Views;

/// <summary>Adds views to the visits that they belong to. A product counts once in a visit, and only if the catalogue has told of it.</summary>
internal sealed class CountViews(RecommendationsDbContext db, CountTables tables, RecommendationsOptions options)
{
    private sealed record Added(Guid VisitId, DateOnly Day, Guid[] Products);

    public async Task HandleAsync(IReadOnlyCollection<View> views, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(cancellationToken);

        var products = await KnownAsync(views, cancellationToken);
        var visits = await VisitsAsync(views, cancellationToken);
        var counts = new BasketCounts();
        var added = new List<Added>();
        foreach (var visit in views.Where(view => products.Contains(view.ProductId)).GroupBy(view => view.VisitId))
        {
            var before = visits.GetValueOrDefault(visit.Key, []);
            Guid[] news = [.. visit.Select(view => view.ProductId).Distinct().Except(before).Take(options.MostProductsOfAVisit - before.Length)];
            if (news is [])
                continue;

            counts.Add(before, news);
            added.Add(new(visit.Key, visit.First().Day, news));
        }

        await KeepAsync(added, cancellationToken);
        await tables.AddAsync(Relation.ViewedTogether, counts, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<HashSet<Guid>> KnownAsync(IReadOnlyCollection<View> views, CancellationToken cancellationToken)
    {
        var ids = views.Select(view => view.ProductId).Distinct().ToArray();
        var known = db.Products.Where(product => ids.Contains(product.Id) && product.Category != null).Select(product => product.Id);
        return [.. await known.ToListAsync(cancellationToken)];
    }

    private Task<Dictionary<Guid, Guid[]>> VisitsAsync(IReadOnlyCollection<View> views, CancellationToken cancellationToken)
    {
        var ids = views.Select(view => view.VisitId).Distinct().ToArray();
        return db.Visits.Where(visit => ids.Contains(visit.Id)).ToDictionaryAsync(visit => visit.Id, visit => visit.Products, cancellationToken);
    }

    private Task KeepAsync(List<Added> visits, CancellationToken cancellationToken)
    {
        var ids = visits.ConvertAll(visit => visit.VisitId);
        var days = visits.ConvertAll(visit => visit.Day);
        var products = visits.ConvertAll(visit => $"{{{string.Join(',', visit.Products)}}}");
        return db.Database.ExecuteSqlAsync($"""
            insert into visits as v (id, day, products)
            select id, day, products::uuid[] from unnest({ids}, {days}, {products}) as added (id, day, products)
            on conflict (id) do update set products = v.products || excluded.products
            """, cancellationToken);
    }
}
