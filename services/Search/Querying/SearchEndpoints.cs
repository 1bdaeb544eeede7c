using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ShopFlow.Search.Following;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Search.Querying;

internal static class SearchEndpoints
{
    private const int DefaultSuggestions = 10;
    private const int MostSuggestions = 20;

    public static void MapSearchReads(this IEndpointRouteBuilder app)
    {
        var search = app.MapGroup("/search").WithTags("Search").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        search.MapGet("/", Search).WithName("Search");
        search.MapGet("/suggestions", Suggest).WithName("Suggest");
    }

    private static Results<Ok<SearchAnswer>, ValidationProblem, ProblemHttpResult> Search(
        [AsParameters] SearchParameters parameters, CurrentIndex current, Searcher searcher)
    {
        if (SearchQuery.TryParse(parameters, out var query) is { } invalid)
            return invalid;

        return current.Index is { } index ? TypedResults.Ok(searcher.Search(index, query)) : NotYet();
    }

    private static Results<Ok<SuggestionList>, ValidationProblem, ProblemHttpResult> Suggest(
        CurrentIndex current, Suggester suggester, [FromQuery(Name = "q")] string? text = null, int limit = DefaultSuggestions)
    {
        var validator = new Validator();
        SearchQuery.CheckText(text, validator);
        validator.Check(limit is >= 1 and <= MostSuggestions, "limit", $"must be from 1 to {MostSuggestions}");
        if (validator.Problem is { } invalid)
            return invalid;

        return current.Index is { } index ? TypedResults.Ok(suggester.Suggest(index, text?.Trim() ?? "", limit)) : NotYet();
    }

    private static ProblemHttpResult NotYet() => Problems.Unavailable("The catalogue has not been indexed yet.");
}
