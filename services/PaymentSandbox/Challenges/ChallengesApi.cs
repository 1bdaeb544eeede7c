using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.PaymentSandbox.Charges;
using ShopFlow.PaymentSandbox.Outages;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.PaymentSandbox.Challenges;

/// <summary>The bank's page: shown to the shopper, who has its address from the shop, and nothing else to prove.</summary>
internal static class ChallengesApi
{
    private const string Path = "/challenges";

    public static void MapChallenges(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).AddEndpointFilter<OutageFilter>().WithTags("Challenges");
        group.MapGet("/{id}", Show);
        group.MapPost("/{id}/approve", (string id, ChargeBook charges, CancellationToken end) => AnswerAsync(id, isPassed: true, charges, end));
        group.MapPost("/{id}/fail", (string id, ChargeBook charges, CancellationToken end) => AnswerAsync(id, isPassed: false, charges, end));
    }

    /// <summary>The charge as it is told to the shop: with the address of the challenge while that is open.</summary>
    public static Charge WithChallengeUrl(this Charge charge, HttpRequest request, SandboxOptions options)
    {
        if (charge.Status != ChargeStatus.RequiresAction)
            return charge;

        var site = options.PublicUrl?.ToString().TrimEnd('/') ?? $"{request.Scheme}://{request.Host}";
        return charge with { ChallengeUrl = $"{site}{Path}/{charge.ChallengeId}" };
    }

    private static Results<ContentHttpResult, ProblemHttpResult> Show(string id, ChargeBook charges, HttpResponse response)
    {
        if (charges.FindChallenged(id) is not { } charge)
            return Unknown();

        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = ChallengePage.ContentSecurityPolicy;
        return TypedResults.Text(ChallengePage.Of(charge), "text/html; charset=utf-8");
    }

    private static async Task<Results<RedirectHttpResult, ProblemHttpResult>> AnswerAsync(
        string id, bool isPassed, ChargeBook charges, CancellationToken cancellationToken) =>
        await charges.AnswerChallengeAsync(id, isPassed, cancellationToken) is null
            ? Unknown()
            : TypedResults.LocalRedirect($"~{Path}/{id}");

    private static ProblemHttpResult Unknown() => Problems.NotFound("There is no such challenge.");
}
