namespace ShopFlow.Cli.Export;

/// <summary>Files that an export writes below a folder.</summary>
/// <param name="owned">The folders in it of which every file is the export's.</param>
internal sealed class GeneratedFiles(string root, IReadOnlyList<string> owned)
{
    public IReadOnlyDictionary<string, string> Read() => owned
        .Select(folder => Path.Combine(root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .ToDictionary(path => Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText);

    /// <summary>Writes what changed and deletes what is no more.</summary>
    /// <returns>How many files were written and deleted.</returns>
    public (int Written, int Deleted) Write(IReadOnlyDictionary<string, string> files)
    {
        var before = Read();
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
