using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Passwords;
using ShopFlow.Auth.Sessions;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Register;

internal static class RegisterEndpoint
{
    public static void MapRegister(this IEndpointRouteBuilder auth) =>
        auth.MapPost("/register", RegisterAsync)
            .WithName("Register")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<Created<SignedIn>, ValidationProblem, ProblemHttpResult>> RegisterAsync(
        RegisterRequest request,
        AuthDbContext db,
        PasswordHashingQueue passwords,
        SessionStore sessions,
        [FromHeader(Name = "User-Agent")] string? userAgent,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (Check(request) is { } invalid)
            return invalid;

        var normalizedUsername = Usernames.Normalize(request.Username!);
        if (Usernames.IsReserved(request.Username!) || await db.Users.AnyAsync(user => user.NormalizedUsername == normalizedUsername, cancellationToken))
            return UsernameTaken(request.Username!);

        if (await passwords.TryHashAsync(request.Password!) is not { } hash)
            return TooManyPasswords.Problem(passwords);

        var now = time.GetUtcNow();
        var user = new User
        {
            Username = request.Username!,
            NormalizedUsername = normalizedUsername,
            Email = request.Email!,
            PasswordHash = hash,
            Roles = [Roles.Customer],
            CreatedAt = now,
            LastSignInAt = now,
        };

        db.Users.Add(user);
        db.Publish(new UserRegistered(user.Id, user.Username, user.Email));
        var signedIn = sessions.Start(user, userAgent);

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { ConstraintName: "ix_users_normalized_username" })
        {
            return UsernameTaken(request.Username!);
        }

        return TypedResults.Created("/auth/me", signedIn);
    }

    private static ValidationProblem? Check(RegisterRequest request)
    {
        var validator = new Validator();
        validator.Check(
            request.Username is not null && Usernames.Pattern.IsMatch(request.Username),
            "username",
            "must have 3 to 64 characters: letters A to Z, digits, and . _ @ - after the first");
        validator.Check(EmailAddresses.IsValid(request.Email), "email", "must be an e-mail address");

        var passwordFault = PasswordRules.Fault(request.Password, request.Username);
        validator.Check(passwordFault is null, "password", passwordFault ?? "");
        return validator.Problem;
    }

    private static ProblemHttpResult UsernameTaken(string username) =>
        Problems.Conflict("username-taken", $"The username {username} is taken.");
}
