using System.Reflection;
using System.Runtime.CompilerServices;

namespace ShopFlow.Export.Tests;

internal static class Repository
{
    /// <summary>The full path of a file of the repository, given from its root.</summary>
    public static string Path(string fromRoot) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), "../..", fromRoot));

    public static string Text(string fromRoot) => File.ReadAllText(Path(fromRoot));

    /// <summary>The full path of a program that was built with these tests.</summary>
    public static string Program(string folder, string name)
    {
        var configuration = typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return Path($"{folder}/bin/{configuration}/net10.0/{name}.dll");
    }

    private static string Here([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}
