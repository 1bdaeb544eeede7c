using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.PaymentSandbox.Cards;
using ShopFlow.PaymentSandbox.Charges;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.PaymentSandbox.Outages;

/// <summary>Cuts the network off the shop on demand.</summary>
internal static class OutagesApi
{
    private const int MostSeconds = 3600;

    internal sealed record OutageRequest(int Seconds);

    public static void MapOutages(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/outage").AddEndpointFilter<ApiKeyFilter>().WithTags("Outages");
        group.MapPost("/", Begin);
        group.MapDelete("/", End);
    }

    private static Results<NoContent, ValidationProblem> Begin(OutageRequest request, CardNetwork network)
    {
        if (request.Seconds is < 1 or > MostSeconds)
            return Problems.Invalid("seconds", $"must be between 1 and {MostSeconds}");

        network.Cut(TimeSpan.FromSeconds(request.Seconds));
        return TypedResults.NoContent();
    }

    private static NoContent End(CardNetwork network)
    {
        network.Cut(TimeSpan.Zero);
        return TypedResults.NoContent();
    }
}
