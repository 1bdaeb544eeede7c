namespace ShopFlow.Auth.Users;

/// <summary><c>Next</c> is the id of the page's last user, or null on the last page.</summary>
internal sealed record UserPage(IReadOnlyList<ListedUser> Users, int Total, Guid? Next);

/// <summary><c>LockedUntil</c> is set while wrong passwords keep the name from signing in.</summary>
internal sealed record ListedUser(Guid Id, string Username, string Email, string[] Roles, DateTimeOffset CreatedAt, DateTimeOffset? LockedUntil);
