namespace ShopFlow.Contracts;

/// <summary>
/// Someone who knows the e-mail address of an account asked for a new password. Whoever has the <paramref name="Token"/> may set one,
/// once and until <paramref name="ExpiresAt"/>: it goes to that address and nowhere else.
/// </summary>
[EventName("auth.password-reset-requested")]
public sealed record PasswordResetRequested(
    Guid UserId, string Username, string Email, string Token, DateTimeOffset ExpiresAt) : IntegrationEvent;
