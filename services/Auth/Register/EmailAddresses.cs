using System.Net.Mail;
using System.Text.RegularExpressions;

namespace ShopFlow.Auth.Register;

internal static partial class EmailAddresses
{
    /// <summary>RFC 5321 section 4.5.3.1.3, less the angle brackets.</summary>
    private const int MaximumLength = 254;

    public static bool IsValid(string? text) =>
        text is { Length: <= MaximumLength } && Form.IsMatch(text) && MailAddress.TryCreate(text, out var address) && address.Address == text;

    [GeneratedRegex(@"^[^@\s\p{C}]+@[^@\s\p{C}]+\.[^@\s\p{C}.]+\z")]
    private static partial Regex Form { get; }
}
