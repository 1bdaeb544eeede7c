namespace ShopFlow.Auth.Data;

/// <summary>Permission to set a new password without the old one, sent by e-mail.</summary>
internal sealed class PasswordReset
{
    /// <summary>SHA-256 of the token; the token itself is known to the reader of the e-mail only.</summary>
    public required byte[] TokenHash { get; init; }

    public required Guid UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The user's when it was sent: once a password is set, by this or otherwise, it is good no more.</summary>
    public required int PasswordVersion { get; init; }
}
