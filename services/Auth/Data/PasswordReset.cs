namespace ShopFlow.Auth.Data;

/// <summary>Permission to set a new password without the old one, sent by e-mail.</summary>
internal sealed class PasswordReset
{
    /// <summary>SHA-256 of the token; the token itself is known to the reader of the e-mail only.</summary>
    public required byte[] TokenHash { get; init; }

    public required Guid UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used, or made useless by another.</summary>
    public DateTimeOffset? UsedAt { get; init; }
}
