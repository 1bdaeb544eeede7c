using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Notifications.Mail;

/// <summary>Settings of the section <c>Notifications:Mail</c>, checked when the service starts: a server, or a folder instead of one.</summary>
internal sealed record MailOptions : IValidatableObject
{
    public const string Section = "Notifications:Mail";

    /// <summary>Mail server. Empty where there is a folder.</summary>
    public string Host { get; init; } = "";

    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    /// <summary>Whether the connection is encrypted with STARTTLS before anything is said.</summary>
    public bool Encrypt { get; init; } = true;

    /// <summary>Without a name the shop doesn't sign in.</summary>
    public string? Username { get; init; }

    public string? Password { get; init; }

    [EmailAddress]
    public string From { get; init; } = "shop@shopflow.example";

    /// <summary>Keeps e-mails as files to look at instead of sending them; for a developer's machine.</summary>
    public string Folder { get; init; } = "";

    /// <summary>E-mails that the folder keeps.</summary>
    [Range(1, 100_000)]
    public int FolderKeeps { get; init; } = 1000;

    public bool IsLocal => Folder is { Length: > 0 };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsLocal == Host is { Length: > 0 })
            yield return new("Set Notifications:Mail:Host to a mail server, or Notifications:Mail:Folder to a folder, and not both.");
    }
}
