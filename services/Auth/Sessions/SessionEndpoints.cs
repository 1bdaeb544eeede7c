using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.SigningKeys;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Sessions;

/// <summary>The caller's own sessions. An ended one gets no more access tokens; those it has stay valid until they expire.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder auth)
    {
        var sessions = auth.MapGroup("/sessions").RequireAuthorization().ProducesProblem(StatusCodes.Status401Unauthorized);
        sessions.MapGet("/", ListAsync).WithName("ListSessions");
        sessions.MapDelete("/", EndAllAsync).WithName("EndSessions");
        sessions.MapDelete("/{id:guid}", EndAsync).WithName("EndSession").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<SessionList>> ListAsync(
        CurrentUser user, ClaimsPrincipal principal, AuthDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var (userId, current, now) = (Guid.Parse(user.Id), principal.SessionId(), time.GetUtcNow());

        return TypedResults.Ok(new SessionList(await db.ActiveSessions(userId, current, now).ToListAsync(cancellationToken)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        Guid id, CurrentUser user, SessionStore sessions, CancellationToken cancellationToken) =>
        await sessions.EndAsync(Guid.Parse(user.Id), id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("You have no such session.");

    private static async Task<NoContent> EndAllAsync(CurrentUser user, SessionStore sessions, CancellationToken cancellationToken)
    {
        await sessions.EndAllAsync(Guid.Parse(user.Id), except: null, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Those of a user that can be continued, the newest first. Indexes: ix_sessions_user_id, ix_refresh_tokens_session_id.</summary>
    public static IQueryable<ListedSession> ActiveSessions(this AuthDbContext db, Guid userId, Guid? current, DateTimeOffset now) => db.Sessions
        .Where(session => session.UserId == userId && session.RevokedAt == null)
        .Where(session => db.RefreshTokens.Any(token => token.SessionId == session.Id && token.UsedAt == null && token.ExpiresAt > now))
        .OrderByDescending(session => session.Id)
        .Select(session => new ListedSession(
            session.Id,
            session.UserAgent,
            session.CreatedAt,
            db.RefreshTokens.Where(token => token.SessionId == session.Id).Max(token => token.UsedAt) ?? session.CreatedAt,
            session.Id == current));

    /// <summary>The session that the access token was issued for.</summary>
    public static Guid? SessionId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(AccessTokenIssuer.SessionClaim), out var id) ? id : null;
}
