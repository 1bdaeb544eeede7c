namespace ShopFlow.Cli.Platform;

/// <summary>The logs that the AppHost keeps in <c>.shopflow/run/logs/{resource}/{instance}.log</c>, and its own output.</summary>
internal static class ResourceLog
{
    /// <summary>The files of a resource: one, or one per replica. The name <c>apphost</c> means the AppHost itself.</summary>
    public static IReadOnlyList<string> Files(Checkout checkout, string resource)
    {
        if (resource == "apphost")
            return File.Exists(checkout.AppHostLog) ? [checkout.AppHostLog] : [];

        return Names(checkout).Contains(resource)
            ? [.. Directory.EnumerateFiles(Path.Combine(checkout.Logs, resource), "*.log").Order(StringComparer.Ordinal)]
            : [];
    }

    public static IEnumerable<string> Names(Checkout checkout) => Directory.Exists(checkout.Logs)
        ? Directory.EnumerateDirectories(checkout.Logs).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)
        : [];

    public static IEnumerable<string> Tail(Checkout checkout, ResourceStatus instance, int count)
    {
        var file = Path.Combine(checkout.Logs, instance.Name, instance.Id + ".log");
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
}
