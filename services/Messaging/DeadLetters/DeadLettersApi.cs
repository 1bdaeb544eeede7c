using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client.Exceptions;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Messaging;

public static class DeadLettersApi
{
    private const int MostAtOnce = 100;

    /// <summary>
    /// Maps /admin/dead-letters/{service} for administrators: list, look at, replay and drop what this service could not handle.
    /// </summary>
    public static void MapDeadLetters(this IEndpointRouteBuilder app)
    {
        var service = app.ServiceProvider.GetRequiredService<MessagingOptions>().ServiceName;
        var letters = app.MapGroup($"/admin/dead-letters/{service}").RequireAuthorization(Policies.Admin).WithTags("Dead letters");
        letters.AddEndpointFilter(RefuseWithoutBrokerAsync);

        letters.MapGet("/", ListAsync).WithName("ListDeadLetters");
        letters.MapGet("/{id}", ShowAsync).WithName("GetDeadLetter");
        letters.MapPost("/replay", ReplayAllAsync).WithName("ReplayDeadLetters");
        letters.MapPost("/{id}/replay", ReplayAsync).WithName("ReplayDeadLetter");
        letters.MapDelete("/", DropAllAsync).WithName("DropDeadLetters");
        letters.MapDelete("/{id}", DropAsync).WithName("DropDeadLetter");
    }

    private static async Task<Results<Ok<DeadLetterPage>, ValidationProblem>> ListAsync(
        DeadLetterQueues queues, CancellationToken cancellationToken, int limit = 20, string? next = null)
    {
        var skip = 0;
        var validator = new Validator();
        validator.Check(limit is >= 1 and <= MostAtOnce, "limit", $"must be between 1 and {MostAtOnce}");
        validator.Check(
            string.IsNullOrEmpty(next)
                || (int.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out skip) && skip <= DeadLetterQueues.Depth),
            "next",
            "must be what an earlier page gave");
        if (validator.Problem is { } invalid)
            return invalid;

        var (letters, total) = await queues.ListAsync(skip, limit, cancellationToken);
        var shown = skip + letters.Count;
        var hasMore = letters.Count > 0 && shown < Math.Min(total, DeadLetterQueues.Depth);
        return TypedResults.Ok(new DeadLetterPage(letters, total, hasMore ? shown.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<Results<Ok<DeadLetter>, ProblemHttpResult>> ShowAsync(
        string id, DeadLetterQueues queues, CancellationToken cancellationToken) =>
        await queues.FindAsync(id, cancellationToken) is { } letter ? TypedResults.Ok(letter) : Missing(id);

    private static async Task<Ok<DeadLetterCount>> ReplayAllAsync(DeadLetterQueues queues, CancellationToken cancellationToken) =>
        TypedResults.Ok(new DeadLetterCount(await queues.ReplayAsync(id: null, cancellationToken)));

    private static async Task<Ok<DeadLetterCount>> DropAllAsync(DeadLetterQueues queues, CancellationToken cancellationToken) =>
        TypedResults.Ok(new DeadLetterCount(await queues.DropAsync(id: null, cancellationToken)));

    private static async Task<Results<Ok<DeadLetterCount>, ProblemHttpResult>> ReplayAsync(
        string id, DeadLetterQueues queues, CancellationToken cancellationToken) => Settled(id, await queues.ReplayAsync(id, cancellationToken));

    private static async Task<Results<Ok<DeadLetterCount>, ProblemHttpResult>> DropAsync(
        string id, DeadLetterQueues queues, CancellationToken cancellationToken) => Settled(id, await queues.DropAsync(id, cancellationToken));

    private static Results<Ok<DeadLetterCount>, ProblemHttpResult> Settled(string id, int count) =>
        count > 0 ? TypedResults.Ok(new DeadLetterCount(count)) : Missing(id);

    private static ProblemHttpResult Missing(string id) => Problems.NotFound($"There is no dead letter {id}.");

    private static async ValueTask<object?> RefuseWithoutBrokerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception e) when (e is RabbitMQClientException or TimeoutException)
        {
            return Problems.Unavailable("The broker can't be reached at the moment.");
        }
    }
}
