using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Register;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Users;

/// <summary>What admins see and change of users.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var users = app.MapGroup("/admin/users").WithTags("Users").RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        users.MapGet("/", UserReading.ListAsync).WithName("ListUsers");

        var user = users.MapGroup("/{id:guid}").ProducesProblem(StatusCodes.Status404NotFound);
        user.MapGet("/", UserReading.GetAsync).WithName("GetUser");
        user.MapPut("/roles", SetRolesAsync).WithName("SetUserRoles").ProducesProblem(StatusCodes.Status409Conflict);
        user.MapPost("/lock", UserLocks.LockAsync).WithName("LockUser").ProducesProblem(StatusCodes.Status409Conflict);
        user.MapPost("/unlock", UserLocks.UnlockAsync).WithName("UnlockUser");
        user.MapDelete("/sessions", UserLocks.EndSessionsAsync).WithName("EndSessionsOfUser");
    }

    /// <summary>Sets the roles, which the user's tokens carry from the next refresh on.</summary>
    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> SetRolesAsync(
        Guid id, RolesRequest request, HttpContext context, AuthDbContext db, CancellationToken cancellationToken)
    {
        if (request.Check() is { } invalid)
            return invalid;

        string[] roles = [.. request.Roles!.OfType<string>()];
        await using var transaction = await db.BeginAdminChangeAsync(cancellationToken);
        if (!roles.Contains(Roles.Admin) && await db.IsLastAdminAsync(id, cancellationToken))
            return LastAdmin();

        if (await db.Users.Where(user => user.Id == id).ExecuteUpdateAsync(set => set.SetProperty(user => user.Roles, roles), cancellationToken) == 0)
            return NoSuchUser();

        await transaction.CommitAsync(cancellationToken);
        context.NoteForAudit(string.Join(", ", roles));
        return TypedResults.NoContent();
    }

    public static ProblemHttpResult NoSuchUser() => Problems.NotFound("There is no such user.");

    public static ProblemHttpResult LastAdmin() =>
        Problems.Conflict("last-admin", "This is the last admin who can sign in. Make another user an admin first.");
}
