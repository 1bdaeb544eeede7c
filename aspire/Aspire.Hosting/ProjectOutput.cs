using System.Reflection;

namespace Aspire.Hosting;

/// <summary>
/// Where the build put the programs of the projects that the AppHost references. Starting them directly saves the second or two that
/// <c>dotnet run</c> takes for each, and a process in between that signals would have to pass.
/// </summary>
internal static class ProjectOutput
{
    private const string KeyPrefix = "AspireProjectOutput:";

    /// <returns>The path of the project's dll, or null when the AppHost does not reference the project or it was not built.</returns>
    public static string? Find(Assembly? appHost, string projectPath)
    {
        var output = AssemblyMetadata.Get(appHost, KeyPrefix + Path.GetFullPath(projectPath));
        return File.Exists(output) ? output : null;
    }
}
