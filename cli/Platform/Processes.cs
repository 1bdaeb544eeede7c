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
        var stat = Lines($"/proc/{id}/stat").FirstOrDefault();
        if (stat is null)
            return null;

        // The second field is the name in parentheses, which may contain anything; the third is the state.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        if (fields[0] is "Z" or "X")
            return null;

        var command = string.Join(' ', Lines($"/proc/{id}/cmdline")).Replace('\0', ' ').Trim();
        return command.Length == 0 ? null : new ProcessEntry(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[19], command);
    }

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
}
