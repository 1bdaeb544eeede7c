namespace ShopFlow.Auth.Data;

internal sealed class RefreshToken
{
    /// <summary>SHA-256 of the token; the token itself is known to the client only.</summary>
    public required byte[] Hash { get; init; }

    public required Guid SessionId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was exchanged. A second exchange means that somebody else has a copy.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
