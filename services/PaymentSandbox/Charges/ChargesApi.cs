using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.PaymentSandbox.Cards;
using ShopFlow.PaymentSandbox.Challenges;
using ShopFlow.PaymentSandbox.Outages;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.PaymentSandbox.Charges;

/// <summary>The card network's interface. Amounts are minor units.</summary>
internal static class ChargesApi
{
    private const int MaxLimit = 1000;

    internal sealed record AuthoriseRequest(string? IdempotencyKey, long Amount, string? Currency, string? Method, bool Capture = false);

    internal sealed record RefundRequest(string? IdempotencyKey, long Amount);

    internal sealed record ChargePage(IReadOnlyList<Charge> Payments, int Total, string? Next);

    public static RouteGroupBuilder MapCharges(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/payments").AddEndpointFilter<OutageFilter>().AddEndpointFilter<ApiKeyFilter>().WithTags("Charges");

        group.MapPost("/", AuthoriseAsync);
        group.MapGet("/", List);
        group.MapGet("/{key}", Find);
        group.MapPost("/{key}/capture", CaptureAsync);
        group.MapPost("/{key}/void", VoidAsync);
        group.MapPost("/{key}/refund", RefundAsync);

        return group;
    }

    private static async Task<Results<Ok<Charge>, ValidationProblem, ProblemHttpResult, EmptyHttpResult>> AuthoriseAsync(
        AuthoriseRequest request, ChargeBook charges, CardNetwork network, SandboxOptions options, HttpContext context)
    {
        var validator = new Validator();
        validator.Check(request.IdempotencyKey is { Length: >= 1 and <= 100 }, "idempotencyKey", "must have 1 to 100 characters");
        validator.Check(request.Amount > 0, "amount", "must be more than 0 minor units");
        validator.Check(request.Currency is { Length: 3 }, "currency", "must be a code of three letters");
        validator.Check(request.Method is { Length: >= 1 and <= 100 }, "method", "must have 1 to 100 characters");
        if (validator.Problem is { } problem)
            return problem;

        var (key, method) = (request.IdempotencyKey!, request.Method!);
        if (charges.Find(key) is null && await network.LosesAuthorisationAsync(key, method, context))
            return TypedResults.Empty;

        try
        {
            var charge = await charges.AuthoriseAsync(
                key, request.Amount, request.Currency!, method, request.Capture, context.RequestAborted);
            if (charge.Status == ChargeStatus.Captured && await network.LosesCaptureAnswerAsync(key, method, context))
                return TypedResults.Empty;

            return TypedResults.Ok(charge.WithChallengeUrl(context.Request, options));
        }
        catch (ChargeRefusedException e)
        {
            return Problems.Unprocessable("idempotency-key-reused", e.Message);
        }
    }

    private static async Task<Results<Ok<Charge>, ProblemHttpResult, EmptyHttpResult>> CaptureAsync(
        string key, ChargeBook charges, CardNetwork network, HttpContext context)
    {
        var result = await ChangeAsync(key, () => charges.CaptureAsync(key, context.RequestAborted));
        if (result.Result is Ok<Charge> { Value: { } charge } && await network.LosesCaptureAnswerAsync(key, charge.Method, context))
            return TypedResults.Empty;
        return result;
    }

    private static Task<Results<Ok<Charge>, ProblemHttpResult, EmptyHttpResult>> VoidAsync(
        string key, ChargeBook charges, CancellationToken cancellationToken) =>
        ChangeAsync(key, () => charges.VoidAsync(key, cancellationToken));

    private static async Task<Results<Ok<Charge>, ValidationProblem, ProblemHttpResult, EmptyHttpResult>> RefundAsync(
        string key, RefundRequest request, ChargeBook charges, CancellationToken cancellationToken)
    {
        var validator = new Validator();
        validator.Check(request.IdempotencyKey is { Length: >= 1 and <= 100 }, "idempotencyKey", "must have 1 to 100 characters");
        validator.Check(request.Amount > 0, "amount", "must be more than 0 minor units");
        if (validator.Problem is { } problem)
            return problem;

        var result = await ChangeAsync(key, () => charges.RefundAsync(key, request.IdempotencyKey!, request.Amount, cancellationToken));
        return result.Result is Ok<Charge> ok ? ok : (ProblemHttpResult)result.Result;
    }

    private static Results<Ok<Charge>, ProblemHttpResult> Find(string key, ChargeBook charges, SandboxOptions options, HttpRequest request) =>
        charges.Find(key) is { } charge ? TypedResults.Ok(charge.WithChallengeUrl(request, options)) : Unknown(key);

    private static Results<Ok<ChargePage>, ValidationProblem> List(ChargeBook charges, int limit = 100, string? next = null)
    {
        if (limit is < 1 or > MaxLimit)
            return Problems.Invalid("limit", $"must be between 1 and {MaxLimit}");

        var page = charges.List(after: next).Take(limit + 1).ToList();
        var more = page.Count > limit;
        if (more)
            page.RemoveAt(limit);
        return TypedResults.Ok(new ChargePage(page, charges.Count, more ? page[^1].IdempotencyKey : null));
    }

    private static async Task<Results<Ok<Charge>, ProblemHttpResult, EmptyHttpResult>> ChangeAsync(string key, Func<Task<Charge?>> change)
    {
        try
        {
            return await change() is { } charge ? TypedResults.Ok(charge) : Unknown(key);
        }
        catch (ChargeRefusedException e)
        {
            return Problems.Conflict("charge-refused", e.Message);
        }
    }

    private static ProblemHttpResult Unknown(string key) => Problems.NotFound($"There is no charge with the key '{key}'.");
}
