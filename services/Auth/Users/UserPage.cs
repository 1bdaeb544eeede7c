namespace ShopFlow.Auth.Users;

/// <param name="Users">In the order of registration.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Next">What to send as <c>next</c> for the following page; null on the last.</param>
internal sealed record UserPage(IReadOnlyList<ListedUser> Users, int Total, Guid? Next);

/// <param name="Id">Names the user everywhere.</param>
/// <param name="Username">As it was registered.</param>
/// <param name="Email">Nobody has checked that it is theirs.</param>
/// <param name="Roles">customer, admin.</param>
/// <param name="CreatedAt">When they registered.</param>
/// <param name="LastSignInAt">When they last gave their password.</param>
/// <param name="LockedAt">Since when an administrator keeps them out.</param>
/// <param name="LockedUntil">Until when wrong passwords keep the name from signing in.</param>
internal sealed record ListedUser(
    Guid Id,
    string Username,
    string Email,
    string[] Roles,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSignInAt,
    DateTimeOffset? LockedAt,
    DateTimeOffset? LockedUntil);
