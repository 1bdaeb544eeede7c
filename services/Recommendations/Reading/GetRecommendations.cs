using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Recommendations.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Recommendations.Reading;

/// <summary>GET /recommendations?productId=: what goes with a product.</summary>
internal static class GetRecommendations
{
    public static async Task<Results<Ok<RecommendationsOfProduct>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string? productId, int? limit, string? currency, RecommendationsDbContext db, Shelves shelves, CancellationToken cancellationToken)
    {
        var query = new RecommendationQuery(limit, currency);
        var isId = Guid.TryParse(productId, out var id);
        if (query.Check(isId, "productId", "must be the id of a product") is { } invalid)
            return invalid;

        var product = await db.Products.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, cancellationToken);
        return product is null
            ? Problems.NotFound($"There is no product {productId}.")
            : TypedResults.Ok(await shelves.BesideAsync(product, query.Limit, query.Currency, cancellationToken));
    }
}
