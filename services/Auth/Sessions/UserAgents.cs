namespace ShopFlow.Auth.Sessions;

/// <summary>The User-Agent header as a list of sessions shows it: printable ASCII, cut to a bound.</summary>
internal static class UserAgents
{
    public const int MaximumLength = 200;

    public static string? Shorten(string? header) =>
        string.IsNullOrWhiteSpace(header) ? null : string.Concat(header.Where(c => c is >= ' ' and <= '~').Take(MaximumLength));
}
