using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Login;
using ShopFlow.Auth.Sessions;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Passwords;

internal static class ChangePasswordEndpoint
{
    public static void MapChangePassword(this IEndpointRouteBuilder auth) =>
        auth.MapPost("/password", ChangeAsync)
            .WithName("ChangePassword")
            .RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    /// <summary>Sets a new password and ends the user's other sessions. A wrong current password counts like one at log-in.</summary>
    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        ChangePasswordRequest request,
        CurrentUser caller,
        ClaimsPrincipal principal,
        AuthDbContext db,
        SignInLimiter limiter,
        PasswordHashingQueue passwords,
        SessionStore sessions,
        CancellationToken cancellationToken)
    {
        if (request.Check(caller.Username) is { } invalid)
            return invalid;

        var id = Guid.Parse(caller.Id);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, cancellationToken);
        if (user is null)
            return Problems.NotFound("This user does not exist any more.");

        if (user.LockedAt is not null)
            return LoginEndpoint.AccountLocked();

        var name = user.NormalizedUsername;
        if (await limiter.LockedForAsync(name, cancellationToken) is { } remaining)
            return LoginEndpoint.Locked(remaining);

        if (await passwords.TryVerifyAsync(user.PasswordHash, request.CurrentPassword!) is not { } verified)
            return TooManyPasswords.Problem(passwords);

        if (verified is PasswordVerificationResult.Failed)
        {
            await limiter.RecordFailureAsync(name, cancellationToken);
            return Problems.Unprocessable("wrong-password", "The current password is wrong.");
        }

        if (!await limiter.TryClearAsync(name, cancellationToken))
            return LoginEndpoint.Locked(await limiter.LockedForAsync(name, cancellationToken) ?? TimeSpan.FromSeconds(1));

        if (await passwords.TryHashAsync(request.NewPassword!) is not { } hash)
            return TooManyPasswords.Problem(passwords);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await PasswordReplacement.TryAsync(user, hash, principal.SessionId(), db, sessions, cancellationToken))
            return Problems.Conflict("password-changed", "The password was changed by another request meanwhile.");

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
