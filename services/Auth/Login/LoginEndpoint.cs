using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Passwords;
using ShopFlow.Auth.Register;
using ShopFlow.Auth.Sessions;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Login;

internal static class LoginEndpoint
{
    public static void MapLogin(this IEndpointRouteBuilder auth) =>
        auth.MapPost("/login", LoginAsync)
            .WithName("Login")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<Ok<SignedIn>, ValidationProblem, ProblemHttpResult>> LoginAsync(
        LoginRequest request,
        AuthDbContext db,
        SignInLimiter limiter,
        PasswordHashingQueue passwords,
        SessionStore sessions,
        [FromHeader(Name = "User-Agent")] string? userAgent,
        CancellationToken cancellationToken)
    {
        if (Check(request) is { } invalid)
            return invalid;

        // In a storm most are turned away: that must not cost a look into the database.
        if (passwords.IsFull)
            return TooManyPasswords.Problem(passwords);

        var name = Usernames.Normalize(request.Username!);
        if (await limiter.LockedForAsync(name, cancellationToken) is { } remaining)
            return Locked(remaining);

        // Index: ix_users_normalized_username.
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(known => known.NormalizedUsername == name, cancellationToken);

        if (await passwords.TryVerifyAsync(user?.PasswordHash, request.Password!) is not { } verified)
            return TooManyPasswords.Problem(passwords);

        if (verified is PasswordVerificationResult.Failed || user is null)
        {
            await limiter.RecordFailureAsync(name, cancellationToken);
            return WrongCredentials();
        }

        if (!await limiter.TryClearAsync(name, cancellationToken))
            return Locked(await limiter.LockedForAsync(name, cancellationToken) ?? TimeSpan.FromSeconds(1));

        // Told to nobody who lacks the password.
        if (user.LockedAt is not null)
            return AccountLocked();

        if (verified is PasswordVerificationResult.SuccessRehashNeeded && await passwords.TryHashAsync(request.Password!) is { } hash)
            await RehashAsync(user, hash, db, cancellationToken);

        return await sessions.StartAsync(user, userAgent, cancellationToken) is { } signedIn ? TypedResults.Ok(signedIn) : WrongCredentials();
    }

    /// <summary>Stores a stronger hash of the same password, unless the password was changed meanwhile.</summary>
    private static Task<int> RehashAsync(User user, string hash, AuthDbContext db, CancellationToken cancellationToken) => db.Users
        .Where(known => known.Id == user.Id && known.PasswordVersion == user.PasswordVersion)
        .ExecuteUpdateAsync(set => set.SetProperty(known => known.PasswordHash, hash), cancellationToken);

    private static ProblemHttpResult WrongCredentials() =>
        Problems.Unauthenticated("wrong-credentials", "The username or the password is wrong.");

    private static ValidationProblem? Check(LoginRequest request)
    {
        var validator = new Validator();
        validator.Check(!string.IsNullOrEmpty(request.Username), "username", "is required");
        validator.Check(!string.IsNullOrEmpty(request.Password), "password", "is required");
        validator.Check(
            string.IsNullOrEmpty(request.Username) || Texts.IsLine(request.Username, Usernames.MaximumLength),
            "username",
            $"must have at most {Usernames.MaximumLength} characters and no control characters");
        validator.Check(
            request.Password is null or { Length: <= PasswordRules.MaximumLength },
            "password",
            $"must have at most {PasswordRules.MaximumLength} characters");
        return validator.Problem;
    }

    public static ProblemHttpResult AccountLocked() =>
        Problems.Create(StatusCodes.Status403Forbidden, "account-locked", "This account is locked. Ask the shop why.");

    public static ProblemHttpResult Locked(TimeSpan remaining) =>
        Problems.TooManyRequests(remaining, "Too many wrong passwords for this name. Try again later.");
}
