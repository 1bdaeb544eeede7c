using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Recommendations.Catalogue;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Recommendations.Reading;

/// <summary>GET /recommendations/popular?category=: the best sellers of a category and of all below it, or of the whole shop.</summary>
internal static class GetPopular
{
    public static async Task<Results<Ok<PopularProducts>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string? category, int? limit, string? currency, Categories categories, Shelves shelves, CancellationToken cancellationToken)
    {
        var query = new RecommendationQuery(limit, currency);
        var isSlug = category is null || Texts.IsLine(category, 60);
        if (query.Check(isSlug, "category", "must be the slug of a category") is { } invalid)
            return invalid;

        string[]? branch = null;
        if (category is not null)
        {
            branch = (await categories.BranchesAsync(category, cancellationToken)).FirstOrDefault();
            if (branch is null)
                return Problems.NotFound($"There is no category {category}.");
        }

        var products = await shelves.PopularAsync(branch, query.Limit, query.Currency, cancellationToken);
        return TypedResults.Ok(new PopularProducts(category, products));
    }
}
