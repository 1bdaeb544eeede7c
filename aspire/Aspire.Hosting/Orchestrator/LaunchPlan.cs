using System.Reflection;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>The program that stands for a project or an executable, and the arguments that come before the model's own.</summary>
internal sealed record LaunchPlan(string Program, string WorkingDirectory, IReadOnlyList<string> LauncherArguments)
{
    public static LaunchPlan For(IResource resource, Assembly? appHost) => resource switch
    {
        ProjectResource project => ForProject(project, appHost),
        ExecutableResource executable => new LaunchPlan(executable.Command, executable.WorkingDirectory, []),
        _ => throw new DistributedApplicationException($"'{resource.Name}' is no project and no executable."),
    };

    /// <summary>
    /// The built program where the build of the AppHost told it: <c>dotnet run</c> evaluates the project again, which takes
    /// seconds for each replica, and puts a second process between the orchestrator and the service.
    /// </summary>
    private static LaunchPlan ForProject(ProjectResource project, Assembly? appHost)
    {
        var path = project.GetProjectMetadata().ProjectPath;
        var folder = Path.GetDirectoryName(path) ?? ".";

        return ProjectOutput.Find(appHost, path) switch
        {
            null => new LaunchPlan("dotnet", folder, ["run", "--project", path, "--no-build", .. Configuration(appHost), "--no-launch-profile"]),
            { } built when built.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) => new LaunchPlan("dotnet", folder, [built]),
            { } built => new LaunchPlan(built, folder, []),
        };
    }

    private static string[] Configuration(Assembly? appHost) =>
        appHost?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration is { Length: > 0 } configuration
            ? ["--configuration", configuration]
            : [];
}
