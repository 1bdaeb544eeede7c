using ShopFlow.Export;

namespace ShopFlow.Cli.Export;

/// <summary>The files in <c>deploy/kubernetes</c>.</summary>
internal sealed class GeneratedFiles(string root)
{
    /// <summary>What stands in the folders that an export for these environments owns.</summary>
    public IReadOnlyDictionary<string, string> Read(IEnumerable<string> environments) => Exporter.Folders(environments)
        .Select(folder => Path.Combine(root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .ToDictionary(path => Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText);

    /// <summary>Writes what changed and deletes what is no more.</summary>
    /// <returns>How many files were written and deleted.</returns>
    public (int Written, int Deleted) Write(IEnumerable<string> environments, IReadOnlyDictionary<string, string> files)
    {
        var before = Read(environments);
        var changed = files.Where(file => before.GetValueOrDefault(file.Key) != file.Value).ToArray();
        foreach (var (path, text) in changed)
        {
            var target = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, text);
        }

        var stale = before.Keys.Except(files.Keys).Select(path => Path.Combine(root, path)).ToArray();
        foreach (var path in stale)
            DeleteWithEmptyFolders(path);
        return (changed.Length, stale.Length);
    }

    private static void DeleteWithEmptyFolders(string path)
    {
        File.Delete(path);
        for (var folder = Path.GetDirectoryName(path)!; !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
            Directory.Delete(folder);
    }
}
