using System.Text.RegularExpressions;

namespace ShopFlow.ServiceDefaults;

/// <summary>The id that follows a request through the services. The gateway sees to it that each has one.</summary>
public static partial class CorrelationIds
{
    public const string Header = "X-Correlation-Id";

    /// <summary>Whether a caller's own id can be kept, logged and sent back.</summary>
    public static bool IsHarmless(string id) => Harmless.IsMatch(id);

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Harmless { get; }
}
