using System.Text.RegularExpressions;

namespace ShopFlow.Auth.Register;

internal static partial class Usernames
{
    public const int MaximumLength = 64;
    public const string Admin = "admin";

    public static string Normalize(string username) => username.ToUpperInvariant();

    public static bool IsReserved(string username) => string.Equals(username, Admin, StringComparison.OrdinalIgnoreCase);

    /// <summary>3 to 64 of A-Z, a-z, 0-9, dot, underscore, at sign and hyphen, the first one a letter or digit.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._@-]{2,63}\z")]
    public static partial Regex Pattern { get; }
}
