using Microsoft.EntityFrameworkCore;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Recommendations.Reading;

/// <summary>
/// Which products go with a product, and which are popular; only what is for sale. A pair's score is the cosine of the two products'
/// baskets with a doubt, <c>both / (sqrt(one × other) + doubt)</c>: what is in every basket belongs to none in particular, and
/// what met once may have met by chance. (Sarwar et al., Item-based collaborative filtering, 2001; Koren's shrinkage.)
/// </summary>
internal sealed class Ranking(RecommendationsDbContext db, RecommendationsOptions options)
{
    private static readonly short[] Relations = [(short)Relation.BoughtTogether, (short)Relation.ViewedTogether];

    // Of a best seller that met everything only these are weighed: those that met most often, and as many that met once.
    private const int MostCandidates = 200;

    internal sealed record Related(Guid Id, Relation Relation);

    /// <summary>The best of each relation, best first.</summary>
    public Task<List<Related>> RelatedAsync(Guid productId, int limit, CancellationToken cancellationToken) =>
        // ix_pairs_often, pk_pairs, pk_products
        db.Database.SqlQuery<Related>($"""
            select id as "Id", relation as "Relation"
            from (
                select id, relation, row_number() over (partition by relation order by score desc, id) as rank
                from (
                    select other.id, relation, baskets / ({options.Doubt} + case relation
                               when {(short)Relation.BoughtTogether} then sqrt(own.orders::float8 * other.orders)
                               else sqrt(own.visits::float8 * other.visits)
                           end) as score
                    from unnest({Relations}) as relation
                    cross join lateral (
                        (select other_id, baskets from pairs
                         where product_id = {productId} and pairs.relation = relation.relation and baskets > 1
                         order by baskets desc, other_id
                         limit {MostCandidates})
                        union all
                        (select other_id, baskets from pairs
                         where product_id = {productId} and pairs.relation = relation.relation and baskets = 1
                         order by other_id
                         limit {MostCandidates})
                    ) candidate
                    join products own on own.id = {productId}
                    join products other on other.id = candidate.other_id and other.is_for_sale
                ) scored
            ) ranked
            where rank <= {limit}
            order by relation, rank
            """).ToListAsync(cancellationToken);

    /// <summary>Those that are in most orders, then those that are looked at most; of the whole shop when no categories are named.</summary>
    public Task<List<Guid>> PopularAsync(string[]? categories, Guid[] except, int limit, CancellationToken cancellationToken)
    {
        // ix_products_popular
        if (categories is null)
        {
            return db.Database.SqlQuery<Guid>($"""
                select id as "Value" from products
                where is_for_sale and id <> all({except})
                order by orders desc, visits desc, id
                limit {limit}
                """).ToListAsync(cancellationToken);
        }

        // ix_products_popular_in_category: the first of each category, merged.
        return db.Database.SqlQuery<Guid>($"""
            select best.id as "Value"
            from unnest({categories}) as slug
            cross join lateral (
                select id, orders, visits from products
                where category = slug and is_for_sale and id <> all({except})
                order by orders desc, visits desc, id
                limit {limit}
            ) best
            order by best.orders desc, best.visits desc, best.id
            limit {limit}
            """).ToListAsync(cancellationToken);
    }
}
