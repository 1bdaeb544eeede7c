using System.Text;

namespace ShopFlow.Auth.Passwords;

/// <summary>Length instead of composition rules, as NIST SP 800-63B section 5.1.1.2 asks.</summary>
internal static class PasswordRules
{
    public const int MinimumLength = 8;
    public const int MaximumLength = 128;

    /// <summary>What is wrong with a new password, or null.</summary>
    public static string? Fault(string? password, string? username) => password switch
    {
        null or "" => "is required",
        { Length: < MinimumLength } => $"must have at least {MinimumLength} characters",
        { Length: > MaximumLength } => $"must have at most {MaximumLength} characters",
        _ when string.Equals(password, username, StringComparison.OrdinalIgnoreCase) => "must not be the username",
        _ => null,
    };

    /// <summary>One form for the ways in which keyboards write the same characters.</summary>
    public static string Normalize(string password) => password.IsNormalized() ? password : password.Normalize(NormalizationForm.FormC);
}
