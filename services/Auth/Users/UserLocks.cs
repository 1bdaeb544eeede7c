using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Sessions;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Users;

/// <summary>Keeps users out, and lets them in again.</summary>
internal static class UserLocks
{
    /// <summary>
    /// Ends all sessions and lets none begin. Access tokens that are out stay valid until they expire. To lock who is locked changes the reason.
    /// </summary>
    public static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> LockAsync(
        Guid id, ReasonRequest request, HttpContext context, AuthDbContext db, SessionStore sessions, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Check() is { } invalid)
            return invalid;

        var now = time.GetUtcNow();
        await using var transaction = await db.BeginAdminChangeAsync(cancellationToken);
        if (await db.IsLastAdminAsync(id, cancellationToken))
            return UserEndpoints.LastAdmin();

        // A log-in that is under way has the row, and its session is ended below, or waits for this and then finds it locked.
        var locked = await db.Users.Where(user => user.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(user => user.LockedAt, user => user.LockedAt ?? now).SetProperty(user => user.LockReason, request.Reason),
            cancellationToken);
        if (locked == 0)
            return UserEndpoints.NoSuchUser();

        await sessions.EndAllAsync(id, except: null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        context.NoteForAudit(request.Reason!);
        return TypedResults.NoContent();
    }

    /// <summary>Lifts an administrator's lock and that of wrong passwords.</summary>
    public static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> UnlockAsync(
        Guid id, ReasonRequest request, HttpContext context, AuthDbContext db, CancellationToken cancellationToken)
    {
        if (request.Check() is { } invalid)
            return invalid;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ofUser = db.Users.Where(user => user.Id == id);
        var unlocked = await ofUser.ExecuteUpdateAsync(
            set => set.SetProperty(user => user.LockedAt, (DateTimeOffset?)null).SetProperty(user => user.LockReason, (string?)null), cancellationToken);
        if (unlocked == 0)
            return UserEndpoints.NoSuchUser();

        await db.SignInFailures
            .Where(failures => ofUser.Any(user => user.NormalizedUsername == failures.NormalizedUsername))
            .ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        context.NoteForAudit(request.Reason!);
        return TypedResults.NoContent();
    }

    /// <summary>Signs the user out everywhere; access tokens that are out stay valid until they expire.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> EndSessionsAsync(
        Guid id, AuthDbContext db, SessionStore sessions, CancellationToken cancellationToken)
    {
        if (!await db.Users.AnyAsync(user => user.Id == id, cancellationToken))
            return UserEndpoints.NoSuchUser();

        await sessions.EndAllAsync(id, except: null, cancellationToken);
        return TypedResults.NoContent();
    }
}
