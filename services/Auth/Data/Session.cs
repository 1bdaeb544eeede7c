namespace ShopFlow.Auth.Data;

/// <summary>One sign-in on one device: the family of the refresh tokens that follow each other.</summary>
internal sealed class Session
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the browser or app called itself when it signed in.</summary>
    public string? UserAgent { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}
