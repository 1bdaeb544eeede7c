using System.Text.RegularExpressions;

namespace ShopFlow.Cli.Platform;

/// <summary>The log files that the AppHost keeps in <c>.shopflow/run/logs</c>, one per instance of a resource, and its own output.</summary>
internal static partial class ResourceLog
{
    /// <summary>The files of a resource: one, or one per replica. The name <c>apphost</c> means the AppHost itself.</summary>
    public static IReadOnlyList<string> Files(Checkout checkout, string resource)
    {
        if (resource == "apphost")
            return File.Exists(checkout.AppHostLog) ? [checkout.AppHostLog] : [];

        return Directory.Exists(checkout.Logs)
            ? [.. Directory.EnumerateFiles(checkout.Logs, resource + "*.log").Where(file => ResourceOf(file) == resource).Order(StringComparer.Ordinal)]
            : [];
    }

    public static IEnumerable<string> Names(Checkout checkout) => Directory.Exists(checkout.Logs)
        ? Directory.EnumerateFiles(checkout.Logs, "*.log").Select(ResourceOf).Distinct().Order(StringComparer.Ordinal)
        : [];

    public static IEnumerable<string> Tail(Checkout checkout, string instance, int count)
    {
        var file = Path.Combine(checkout.Logs, instance + ".log");
        return File.Exists(file) ? Lines(file).TakeLast(count) : [];
    }

    /// <summary>Reads without disturbing the writer.</summary>
    public static IEnumerable<string> Lines(string file)
    {
        using var reader = Open(file);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    public static StreamReader Open(string file) => new(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    // The orchestrator adds eight letters to the name of an instance; ".1" marks the part that was set aside.
    private static string ResourceOf(string file) => Suffix().Replace(Path.GetFileNameWithoutExtension(file), "");

    [GeneratedRegex(@"(-[a-z]{8})?(\.1)?$")]
    private static partial Regex Suffix();
}
