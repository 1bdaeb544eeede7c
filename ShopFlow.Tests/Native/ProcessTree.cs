using System.Globalization;

namespace ShopFlow.Tests.Native;

/// <summary>A process as Linux shows it in /proc.</summary>
internal sealed record ProcessInfo(int Id, int Parent, string StartTime, int UserId, string CommandLine)
{
    public override string ToString() => $"{Id} {CommandLine}";
}

internal static class ProcessTree
{
    public static IReadOnlyList<ProcessInfo> Of(int root)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<ProcessInfo>()
            .ToList();

        var tree = all.Where(process => process.Id == root).ToList();
        for (var next = 0; next < tree.Count; next++)
            tree.AddRange(all.Where(process => process.Parent == tree[next].Id));
        return tree;
    }

    public static bool IsAlive(ProcessInfo process) => Read(process.Id)?.StartTime == process.StartTime;

    // Null when it is gone, or dead and only not yet noticed by its parent.
    private static ProcessInfo? Read(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            if (fields[0] is "Z" or "X")
                return null;

            var user = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];
            var command = File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ').Trim();
            return new ProcessInfo(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[19], int.Parse(user, CultureInfo.InvariantCulture), command);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
