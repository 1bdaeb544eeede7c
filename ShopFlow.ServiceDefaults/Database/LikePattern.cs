namespace ShopFlow.ServiceDefaults;

/// <summary>Patterns for PostgreSQL's LIKE, with the backslash as escape.</summary>
public static class LikePattern
{
    public const string Escape = "\\";

    /// <summary>Whatever has the text in it, as it is written.</summary>
    public static string Containing(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
