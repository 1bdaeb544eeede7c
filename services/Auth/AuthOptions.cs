using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Auth;

/// <summary>Settings of the section <c>Auth</c>, checked when the service starts.</summary>
internal sealed record AuthOptions
{
    /// <summary>Secret that the private signing keys are encrypted with in the database.</summary>
    [Required(ErrorMessage = "Auth:KeyEncryptionKey is missing. Set it to a random text of at least 22 characters.")]
    [MinLength(22, ErrorMessage = "Auth:KeyEncryptionKey is too short. It needs at least 22 random characters.")]
    public string KeyEncryptionKey { get; init; } = "";

    /// <summary>Password of the user "admin", who is created at start when there is none. Without it nobody is created.</summary>
    public string? AdminPassword { get; init; }

    public string AdminEmail { get; init; } = "admin@shopflow.example";

    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a session lives without being refreshed.</summary>
    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long the link of a password reset is good.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan PasswordResetLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a key signs before the next one takes over.</summary>
    public TimeSpan SigningKeyLifetime { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Threads that hash passwords: 0 means half of the cores, at least one.</summary>
    [Range(0, 64)]
    public int HashingThreads { get; init; }

    /// <summary>Passwords that may wait for each hashing thread before callers are told to come back later.</summary>
    [Range(1, 1000)]
    public int HashingQueuePerThread { get; init; } = 24;

    /// <summary>After which a password that still waits is given up, and its caller told to come back later.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:25")]
    public TimeSpan HashingLongestWait { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Nice value of the hashing threads. At 10 they get a tenth of a core that something else wants too, and all of one that nothing does.</summary>
    [Range(0, 19)]
    public int HashingNiceValue { get; init; } = 10;

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512; OWASP's Password Storage Cheat Sheet asks for 210,000.</summary>
    [Range(1, 10_000_000)]
    public int HashingIterations { get; init; } = 210_000;
}
