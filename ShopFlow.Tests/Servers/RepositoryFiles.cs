using System.Runtime.CompilerServices;

namespace ShopFlow.Tests.Servers;

internal static class RepositoryFiles
{
    /// <summary>The full path of a file of the repository, given from its root.</summary>
    public static string Path(string fromRoot) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), "../..", fromRoot));

    private static string Here([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}
