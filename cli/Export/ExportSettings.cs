using ShopFlow.Export;

namespace ShopFlow.Cli.Export;

/// <summary>The files in <c>deploy/environments</c>.</summary>
internal static class ExportSettings
{
    /// <returns>The text of each by its name.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>();
        foreach (var path in Directory.EnumerateFiles(checkout.Environments))
            settings.Add(Path.GetFileName(path), await File.ReadAllTextAsync(path, cancellationToken));
        return settings;
    }

    /// <exception cref="CommandFailedException">The input is wrong; all reasons have been said.</exception>
    public static T OrSayWhy<T>(Func<T> export)
    {
        try
        {
            return export();
        }
        catch (ExportException e)
        {
            Say.Indented(e.Problems.Select(problem => problem.ToString()));
            throw new CommandFailedException($"Nothing was written: {(e.Problems.Count == 1 ? "something is" : $"{e.Problems.Count} things are")} wrong, see above.");
        }
    }
}
