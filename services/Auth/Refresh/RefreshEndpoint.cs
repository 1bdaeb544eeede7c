using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Auth.Sessions;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Refresh;

internal static class RefreshEndpoint
{
    public static void MapRefresh(this IEndpointRouteBuilder auth) =>
        auth.MapPost("/refresh", RefreshAsync)
            .WithName("Refresh")
            .ProducesProblem(StatusCodes.Status401Unauthorized);

    private static async Task<Results<Ok<SignedIn>, ValidationProblem, ProblemHttpResult>> RefreshAsync(
        RefreshRequest request, SessionStore sessions, CancellationToken cancellationToken)
    {
        if (request.Check() is { } invalid)
            return invalid;

        return await sessions.ContinueAsync(request.RefreshToken!, cancellationToken) is { } continued
            ? TypedResults.Ok(continued)
            : Problems.Unauthenticated("invalid-refresh-token", "The refresh token is unknown, expired or used. Log in again.");
    }
}
