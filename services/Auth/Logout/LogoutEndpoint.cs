using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Auth.Refresh;
using ShopFlow.Auth.Sessions;

namespace ShopFlow.Auth.Logout;

internal static class LogoutEndpoint
{
    public static void MapLogout(this IEndpointRouteBuilder auth) => auth.MapPost("/logout", LogoutAsync).WithName("Logout");

    /// <summary>Ends the session of the refresh token. The access token stays valid until it expires; an unknown token is no error.</summary>
    private static async Task<Results<NoContent, ValidationProblem>> LogoutAsync(
        RefreshRequest request, SessionStore sessions, CancellationToken cancellationToken)
    {
        if (request.Check() is { } invalid)
            return invalid;

        await sessions.EndAsync(request.RefreshToken!, cancellationToken);
        return TypedResults.NoContent();
    }
}
