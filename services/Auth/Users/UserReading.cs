using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Sessions;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Users;

/// <summary>GET /admin/users and GET /admin/users/{id}.</summary>
internal static class UserReading
{
    private const int MaximumLimit = 200;
    private const int LongestQuery = 254;

    /// <summary>In the order of registration: all, those whose name or e-mail address has the query in it, those who can't sign in.</summary>
    public static async Task<Results<Ok<UserPage>, ValidationProblem>> ListAsync(
        AuthDbContext db, TimeProvider time, CancellationToken cancellationToken, string? query = null, bool locked = false, int limit = 50, Guid? next = null)
    {
        var validator = new Validator();
        validator.Check(limit is >= 1 and <= MaximumLimit, "limit", $"must be between 1 and {MaximumLimit}");
        validator.Check(query is null || Texts.IsLine(query, LongestQuery), "query", $"must have 1 to {LongestQuery} characters and no control characters");
        if (validator.Problem is { } invalid)
            return invalid;

        var locks = Locks(db, time.GetUtcNow());
        var listed = db.Users.AsNoTracking();
        if (locked)
            listed = listed.Where(user => user.LockedAt != null || locks.Any(held => held.NormalizedUsername == user.NormalizedUsername));
        if (query is not null)
        {
            // ix_users_username_email, from three letters on
            var pattern = LikePattern.Containing(query);
            listed = listed.Where(user => EF.Functions.ILike(user.Username, pattern, LikePattern.Escape) || EF.Functions.ILike(user.Email, pattern, LikePattern.Escape));
        }

        var following = listed.Where(user => next == null || user.Id > next).OrderBy(user => user.Id).Take(limit + 1);
        var users = await Views(following, locks).ToListAsync(cancellationToken);
        var total = await listed.CountAsync(cancellationToken);

        var page = users.Take(limit).ToList();
        return TypedResults.Ok(new UserPage(page, total, users.Count > limit ? page[^1].Id : null));
    }

    public static async Task<Results<Ok<UserDetails>, ProblemHttpResult>> GetAsync(
        Guid id, AuthDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ofUser = db.Users.AsNoTracking().Where(user => user.Id == id);
        if (await Views(ofUser, Locks(db, now)).SingleOrDefaultAsync(cancellationToken) is not { } user)
            return UserEndpoints.NoSuchUser();

        var reason = await ofUser.Select(known => known.LockReason).SingleOrDefaultAsync(cancellationToken);
        var failures = await db.SignInFailures.AsNoTracking()
            .Where(failures => ofUser.Any(known => known.NormalizedUsername == failures.NormalizedUsername))
            .SingleOrDefaultAsync(cancellationToken);
        var sessions = await db.ActiveSessions(id, current: null, now).ToListAsync(cancellationToken);
        return TypedResults.Ok(new UserDetails(user, reason, failures?.Count ?? 0, failures?.LastAt, sessions));
    }

    private static IQueryable<ListedUser> Views(IQueryable<User> users, IQueryable<SignInFailures> locks) => users.Select(user => new ListedUser(
        user.Id,
        user.Username,
        user.Email,
        user.Roles,
        user.CreatedAt,
        user.LastSignInAt,
        user.LockedAt,
        locks.Where(held => held.NormalizedUsername == user.NormalizedUsername).Select(held => held.LockedUntil).SingleOrDefault()));

    private static IQueryable<SignInFailures> Locks(AuthDbContext db, DateTimeOffset now) => db.SignInFailures.Where(failures => failures.LockedUntil > now);
}
