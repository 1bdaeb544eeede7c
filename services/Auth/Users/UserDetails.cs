using ShopFlow.Auth.Sessions;

namespace ShopFlow.Auth.Users;

/// <param name="User">As in the list.</param>
/// <param name="LockReason">Why an administrator keeps them out.</param>
/// <param name="WrongPasswords">In a row, within a day of each other.</param>
/// <param name="LastWrongPasswordAt">When the last of them was tried.</param>
/// <param name="Sessions">Where they are signed in, the newest first.</param>
internal sealed record UserDetails(
    ListedUser User, string? LockReason, int WrongPasswords, DateTimeOffset? LastWrongPasswordAt, IReadOnlyList<ListedSession> Sessions);
