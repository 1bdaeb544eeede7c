using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.SigningKeys;

namespace ShopFlow.Auth.Sessions;

/// <summary>Starts, continues and ends sessions.</summary>
internal sealed class SessionStore(AuthDbContext db, AccessTokenIssuer tokens, TimeProvider time, IOptions<AuthOptions> options, ILogger<SessionStore> log)
{
    /// <summary>Adds a new user's first session to the unit of work; the caller saves.</summary>
    public SignedIn Start(User user, string? userAgent)
    {
        var now = time.GetUtcNow();
        var session = new Session { UserId = user.Id, CreatedAt = now, UserAgent = UserAgents.Shorten(userAgent) };
        var refreshToken = SecretToken.Create();

        db.Sessions.Add(session);
        db.RefreshTokens.Add(new()
        {
            Hash = SecretToken.Hash(refreshToken),
            SessionId = session.Id,
            ExpiresAt = now + options.Value.RefreshTokenLifetime,
        });

        return Answer(new(user.Id, user.Username, user.Roles), session.Id, refreshToken);
    }

    /// <summary>
    /// Starts a session for a user whose password was just checked. Null when the password was changed or the user locked since: either
    /// ends all sessions, and the row makes it wait for this one or be seen by it.
    /// </summary>
    public async Task<SignedIn?> StartAsync(User user, string? userAgent, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var sessionId = Guid.CreateVersion7();
        var refreshToken = SecretToken.Create();

        var started = await db.Database.SqlQuery<StartedSession>(
            $"""
            WITH holder AS (
                UPDATE users SET last_sign_in_at = {now}
                WHERE id = {user.Id} AND password_version = {user.PasswordVersion} AND locked_at IS NULL
                RETURNING id, username, roles
            ), session AS (
                INSERT INTO sessions (id, user_id, created_at, user_agent)
                SELECT {sessionId}, id, {now}, {UserAgents.Shorten(userAgent)} FROM holder
                RETURNING id
            ), issued AS (
                INSERT INTO refresh_tokens (hash, session_id, expires_at)
                SELECT {SecretToken.Hash(refreshToken)}, id, {now + options.Value.RefreshTokenLifetime} FROM session
            )
            SELECT holder.id AS "UserId", holder.username AS "Username", holder.roles AS "Roles" FROM holder, session
            """).ToListAsync(cancellationToken);

        return started is [var session] ? Answer(new(session.UserId, session.Username, session.Roles), sessionId, refreshToken) : null;
    }

    /// <summary>
    /// Exchanges a refresh token for the next one. Null when it is unknown, expired or used before;
    /// in the last case the whole session ends, because one of the two holders is a thief.
    /// </summary>
    public async Task<SignedIn?> ContinueAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hash = SecretToken.Hash(refreshToken);
        var next = SecretToken.Create();

        // One round trip by primary keys. Of two calls with one token the second waits for the first and then finds it used.
        var continued = await db.Database.SqlQuery<ContinuedSession>(
            $"""
            WITH used AS (
                UPDATE refresh_tokens token SET used_at = {now}
                FROM sessions session
                WHERE token.hash = {hash} AND token.used_at IS NULL AND token.expires_at > {now}
                  AND session.id = token.session_id AND session.revoked_at IS NULL
                RETURNING session.id, session.user_id
            ), issued AS (
                INSERT INTO refresh_tokens (hash, session_id, expires_at)
                SELECT {SecretToken.Hash(next)}, id, {now + options.Value.RefreshTokenLifetime} FROM used
            )
            SELECT used.id AS "SessionId", users.id AS "UserId", users.username AS "Username", users.roles AS "Roles"
            FROM used JOIN users ON users.id = used.user_id
            """).ToListAsync(cancellationToken);

        if (continued is [var session])
            return Answer(new(session.UserId, session.Username, session.Roles), session.SessionId, next);

        await EndIfReusedAsync(hash, cancellationToken);
        return null;
    }

    /// <summary>Ends the session that a refresh token belongs to, if any.</summary>
    public Task EndAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var hash = SecretToken.Hash(refreshToken);
        return RevokeAsync(token => token.Hash == hash, cancellationToken);
    }

    /// <summary>Ends one of a user's sessions. False when the user has no such session.</summary>
    public async Task<bool> EndAsync(Guid userId, Guid sessionId, CancellationToken cancellationToken) =>
        await EndAsync(session => session.UserId == userId && session.Id == sessionId, cancellationToken) > 0;

    /// <summary>Ends all sessions of a user but one.</summary>
    public Task EndAllAsync(Guid userId, Guid? except, CancellationToken cancellationToken) =>
        EndAsync(session => session.UserId == userId && session.Id != except, cancellationToken);

    private Task<int> EndAsync(Expression<Func<Session, bool>> which, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return db.Sessions
            .Where(session => session.RevokedAt == null)
            .Where(which)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.RevokedAt, now), cancellationToken);
    }

    private async Task EndIfReusedAsync(byte[] hash, CancellationToken cancellationToken)
    {
        if (await RevokeAsync(token => token.Hash == hash && token.UsedAt != null, cancellationToken) > 0)
            log.LogWarning("A refresh token was used twice; its session was ended");
    }

    private Task<int> RevokeAsync(Expression<Func<RefreshToken, bool>> ofToken, CancellationToken cancellationToken)
    {
        var sessions = db.RefreshTokens.Where(ofToken).Select(token => token.SessionId);
        return EndAsync(session => sessions.Contains(session.Id), cancellationToken);
    }

    private SignedIn Answer(SignedInUser user, Guid sessionId, string refreshToken) =>
        new(tokens.Issue(user, sessionId), refreshToken, (int)tokens.Lifetime.TotalSeconds, user);

    private sealed record StartedSession(Guid UserId, string Username, string[] Roles);

    private sealed record ContinuedSession(Guid SessionId, Guid UserId, string Username, string[] Roles);
}
