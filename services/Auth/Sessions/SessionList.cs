namespace ShopFlow.Auth.Sessions;

internal sealed record SessionList(IReadOnlyList<ListedSession> Sessions);

/// <summary>Where and when somebody signed in. <c>Current</c> is the session of the token that asks.</summary>
internal sealed record ListedSession(Guid Id, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, bool Current);
