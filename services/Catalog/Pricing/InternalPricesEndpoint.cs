using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Pricing;

/// <summary>Prices for carts and for orders that are being placed. Not reachable through the gateway.</summary>
internal static class InternalPricesEndpoint
{
    private const int MostEntries = 100;

    public static void MapInternalPrices(this IEndpointRouteBuilder app) =>
        app.MapPost("/internal/prices", AnswerAsync).ExcludeFromDescription();

    private static async Task<Results<Ok<PriceAnswer>, ValidationProblem, ProblemHttpResult>> AnswerAsync(
        PriceQuestion question, PriceReader reader, CancellationToken cancellationToken)
    {
        if (Check(question) is { } invalid)
            return invalid;

        return await reader.ReadAsync(question, cancellationToken) is { } prices
            ? TypedResults.Ok(new PriceAnswer(prices))
            : Problems.Unavailable("Too many questions about prices are waiting.");
    }

    private static ValidationProblem? Check(PriceQuestion question)
    {
        var validator = new Validator();
        validator.Check(Currencies.Contains(question.Currency), "currency", Currencies.Requirement);

        var entries = (question.Skus?.Count ?? 0) + (question.ProductIds?.Count ?? 0);
        validator.Check(entries is >= 1 and <= MostEntries, "skus", $"must be 1 to {MostEntries} together with productIds");
        validator.Check(question.Skus?.All(sku => sku is { Length: <= 40 } && !sku.Contains('\0')) ?? true, "skus", "must be SKUs");
        return validator.Problem;
    }
}
