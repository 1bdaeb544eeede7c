using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Verify;

internal static class VerifyEndpoints
{
    public static void MapVerify(this IEndpointRouteBuilder auth)
    {
        var signedIn = auth.MapGroup("/").RequireAuthorization().ProducesProblem(StatusCodes.Status401Unauthorized);
        signedIn.MapPost("/verify", Verify).WithName("VerifyToken");
        signedIn.MapGet("/me", MeAsync).WithName("GetMe").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Ok<VerifiedToken> Verify(CurrentUser user, ClaimsPrincipal principal) =>
        TypedResults.Ok(new VerifiedToken(true, new(Guid.Parse(user.Id), user.Username, [.. principal.FindAll(TokenClaims.Role).Select(role => role.Value)])));

    private static async Task<Results<Ok<Profile>, ProblemHttpResult>> MeAsync(CurrentUser user, AuthDbContext db, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(user.Id);
        var profile = await db.Users
            .Where(known => known.Id == id)
            .Select(known => new Profile(known.Id, known.Username, known.Email, known.Roles, known.CreatedAt))
            .SingleOrDefaultAsync(cancellationToken);

        return profile is null ? Problems.NotFound("This user does not exist any more.") : TypedResults.Ok(profile);
    }
}
