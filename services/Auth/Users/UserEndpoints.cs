using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Register;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Users;

/// <summary>What admins see and change of users.</summary>
internal static class UserEndpoints
{
    private const int MaximumLimit = 200;

    /// <summary>Any number, as long as nothing else in this database locks it.</summary>
    private const long RolesLock = 0x53_48_4F_50_52_4F_4C;

    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var users = app.MapGroup("/admin/users").WithTags("Users").RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

        users.MapGet("/", ListAsync).WithName("ListUsers");
        users.MapPut("/{id:guid}/roles", SetRolesAsync).WithName("SetUserRoles")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        users.MapDelete("/{id:guid}/lock", UnlockAsync).WithName("UnlockUser").ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>In the order of registration.</summary>
    private static async Task<Results<Ok<UserPage>, ValidationProblem>> ListAsync(
        AuthDbContext db, TimeProvider time, CancellationToken cancellationToken, int limit = 50, Guid? next = null, bool locked = false)
    {
        if (limit is < 1 or > MaximumLimit)
            return Problems.Invalid("limit", $"must be between 1 and {MaximumLimit}");

        var now = time.GetUtcNow();
        var locks = db.SignInFailures.Where(failures => failures.LockedUntil > now);
        var listed = locked ? db.Users.Where(user => locks.Any(held => held.NormalizedUsername == user.NormalizedUsername)) : db.Users;

        var users = await listed
            .Where(user => next == null || user.Id > next)
            .OrderBy(user => user.Id)
            .Select(user => new ListedUser(
                user.Id,
                user.Username,
                user.Email,
                user.Roles,
                user.CreatedAt,
                locks.Where(held => held.NormalizedUsername == user.NormalizedUsername).Select(held => held.LockedUntil).SingleOrDefault()))
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        var total = await listed.CountAsync(cancellationToken);

        var page = users.Take(limit).ToList();
        return TypedResults.Ok(new UserPage(page, total, users.Count > limit ? page[^1].Id : null));
    }

    /// <summary>
    /// Sets the roles, which the user's tokens carry from the next refresh on. One change at a time, so that two admins
    /// who take the role from each other don't leave a shop without one.
    /// </summary>
    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> SetRolesAsync(
        Guid id, RolesRequest request, AuthDbContext db, CancellationToken cancellationToken)
    {
        if (request.Check() is { } invalid)
            return invalid;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({RolesLock})", cancellationToken);

        if (!await db.Users.AnyAsync(user => user.Id == id, cancellationToken))
            return NoSuchUser();

        string[] roles = [.. request.Roles!.OfType<string>()];
        if (!roles.Contains(Roles.Admin) && !await db.Users.AnyAsync(user => user.Id != id && user.Roles.Contains(Roles.Admin), cancellationToken))
            return Problems.Conflict("last-admin", "This is the last admin. Make another user an admin first.");

        await db.Users.Where(user => user.Id == id).ExecuteUpdateAsync(set => set.SetProperty(user => user.Roles, roles), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> UnlockAsync(Guid id, AuthDbContext db, CancellationToken cancellationToken)
    {
        var name = await db.Users.Where(user => user.Id == id).Select(user => user.NormalizedUsername).SingleOrDefaultAsync(cancellationToken);
        if (name is null)
            return NoSuchUser();

        await db.SignInFailures.Where(failures => failures.NormalizedUsername == name).ExecuteDeleteAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult NoSuchUser() => Problems.NotFound("There is no such user.");
}
