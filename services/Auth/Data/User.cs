namespace ShopFlow.Auth.Data;

internal sealed class User
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Username { get; init; }

    /// <summary>The username in the form that is compared: names that differ in case only are the same name.</summary>
    public required string NormalizedUsername { get; init; }

    public required string Email { get; set; }

    public required string PasswordHash { get; set; }

    /// <summary>Counts the changes of the password. A stronger hash of the same password is none.</summary>
    public int PasswordVersion { get; set; }

    public required string[] Roles { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the password was last given.</summary>
    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>Set while an administrator keeps the user out.</summary>
    public DateTimeOffset? LockedAt { get; init; }

    public string? LockReason { get; init; }
}
