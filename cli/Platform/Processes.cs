using System.Globalization;

namespace ShopFlow.Cli.Platform;

/// <summary>A process as /proc shows it. The start time tells it from a later one with the same id.</summary>
internal sealed record ProcessEntry(int Id, int Parent, string StartTime, string CommandLine)
{
    public bool IsAlive => Processes.Read(Id) is { } now && now.StartTime == StartTime;

    /// <summary>Proportional set size in megabytes (10^6 bytes); 0 when it may not be read.</summary>
    public double ProportionalMegabytes => Processes.Lines($"/proc/{Id}/smaps_rollup")
        .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6)
        .FirstOrDefault();
}

internal static class Processes
{
    /// <summary>A process and all below it, and what an orchestrator runs that watches the process.</summary>
    public static IReadOnlyList<ProcessEntry> TreeOf(int root)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<ProcessEntry>()
            .ToList();

        var tree = all.Where(process => process.Id == root || process.CommandLine.Contains($" --monitor {root} ", StringComparison.Ordinal)).ToHashSet();
        while (all.Where(process => tree.Any(parent => parent.Id == process.Parent)).Count(tree.Add) > 0)
        {
            // One more generation.
        }

        return [.. tree];
    }

    /// <summary>Null when it is gone, or dying: a process that has let go of its memory has no command line.</summary>
    public static ProcessEntry? Read(int id)
    {
        // After the state (which Fields begins with) come the parent, and later the start time.
        if (Fields(id) is not [not ("Z" or "X"), var parent, ..] fields)
            return null;

        var command = string.Join(' ', Lines($"/proc/{id}/cmdline")).Replace('\0', ' ').Trim();
        return command.Length == 0 ? null : new ProcessEntry(id, int.Parse(parent, CultureInfo.InvariantCulture), fields[19], command);
    }

    /// <summary>R runs, S sleeps, Z is dead and waits to be asked for its exit code, and so on (proc(5)); null when there is no such process.</summary>
    public static char? StateOf(int id) => Fields(id) is [[var state, ..], ..] ? state : null;

    public static IReadOnlyList<string> Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process ended meanwhile, or is another user's.
            return [];
        }
    }

    // The second field is the name in parentheses, which may contain anything; these are the ones after it.
    private static string[]? Fields(int id) =>
        Lines($"/proc/{id}/stat").FirstOrDefault() is { } stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ') : null;
}
