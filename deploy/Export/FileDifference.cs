namespace ShopFlow.Export;

/// <summary>What differs between two sets of files, as <c>diff -u</c> tells it.</summary>
public static class FileDifference
{
    private const int ContextLines = 3;

    /// <summary>Nothing where both are the same.</summary>
    public static IEnumerable<string> Between(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .SelectMany(path => Between(path, before.GetValueOrDefault(path), after.GetValueOrDefault(path)));

    private static IEnumerable<string> Between(string path, string? before, string? after) =>
        before == after ? [] : [before is null ? "--- /dev/null" : $"--- {path}", after is null ? "+++ /dev/null" : $"+++ {path}", .. Hunks(Lines(before), Lines(after))];

    private static string[] Lines(string? text) => text?.TrimEnd('\n').Split('\n') ?? [];

    private static IEnumerable<string> Hunks(string[] before, string[] after)
    {
        var lines = LineDifference.Between(before, after).ToArray();
        var shown = Enumerable.Range(0, lines.Length)
            .Where(at => Enumerable.Range(at - ContextLines, 2 * ContextLines + 1).Any(near => near >= 0 && near < lines.Length && lines[near].Mark != ' '))
            .ToArray();

        var last = -2;
        foreach (var at in shown)
        {
            if (at != last + 1)
                yield return $"@@ -{lines[at].Before + 1} +{lines[at].After + 1} @@";
            yield return lines[at].Mark + lines[at].Text;
            last = at;
        }
    }
}
