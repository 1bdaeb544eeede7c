using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Register;
using ShopFlow.Auth.Sessions;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Passwords.Reset;

/// <summary>A new password for who has lost the old one but reads the e-mails of the account.</summary>
internal static class PasswordResetEndpoints
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(30);

    public static void MapPasswordReset(this IEndpointRouteBuilder auth)
    {
        var reset = auth.MapGroup("/password-reset");
        reset.MapPost("/", Request).WithName("RequestPasswordReset").ProducesProblem(StatusCodes.Status429TooManyRequests);
        reset.MapPost("/confirm", ConfirmAsync).WithName("ConfirmPasswordReset")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Answers the same, and as fast, whether an account has the address or not.</summary>
    private static Results<Accepted, ValidationProblem, ProblemHttpResult> Request(PasswordResetRequest request, PasswordResetQueue queue)
    {
        if (!EmailAddresses.IsValid(request.Email))
            return Problems.Invalid("email", "must be an e-mail address");

        return queue.TryAdd(request.Email!)
            ? TypedResults.Accepted((string?)null)
            : Problems.TooManyRequests(s_retryAfter, "Too many people have lost their passwords just now. Try again in a moment.");
    }

    /// <summary>Sets a new password, ends all sessions and lifts the lock of the name.</summary>
    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> ConfirmAsync(
        ConfirmPasswordResetRequest request,
        AuthDbContext db,
        PasswordHashingQueue passwords,
        SessionStore sessions,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (request.Check() is { } invalid)
            return invalid;

        // pk_password_resets. Looked at before the password is hashed: a made-up token must not cost that.
        var hash = SecretToken.Hash(request.Token!);
        var user = await db.Users
            .AsNoTracking()
            .Where(known => db.PasswordResets.Any(
                reset => reset.TokenHash == hash && reset.UserId == known.Id && reset.PasswordVersion == known.PasswordVersion && reset.ExpiresAt > time.GetUtcNow()))
            .SingleOrDefaultAsync(cancellationToken);
        if (user is null)
            return InvalidToken();
        if (request.Check(user.Username) is { } unfit)
            return unfit;

        if (await passwords.TryHashAsync(request.Password!) is not { } passwordHash)
            return TooManyPasswords.Problem(passwords);

        // Of two calls with one token the second waits for the first here, and then finds another password.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await PasswordReplacement.TryAsync(user, passwordHash, keptSession: null, db, sessions, cancellationToken))
            return InvalidToken();

        await db.SignInFailures.Where(failures => failures.NormalizedUsername == user.NormalizedUsername).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult InvalidToken() =>
        Problems.Unprocessable("invalid-reset-token", "The link is wrong, too old, or was used before. Ask for another one.");
}
