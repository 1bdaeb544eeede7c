using System.Runtime.CompilerServices;

namespace ShopFlow.Export.Tests;

internal static class Repository
{
    /// <summary>The full path of a file of the repository, given from its root.</summary>
    public static string Path(string fromRoot) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), "../..", fromRoot));

    public static string Text(string fromRoot) => File.ReadAllText(Path(fromRoot));

    private static string Here([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}
