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

        return ProjectOutput.Find(appHost, path) is { } built
            ? ForBuilt(built, folder)
            : new LaunchPlan("dotnet", folder, ["run", "--project", path, "--no-build", .. Configuration(appHost), "--no-launch-profile"]);
    }

    /// <summary>
    /// As the AppHost itself was started: by <c>dotnet</c>, then by that same one; else as a program of its own,
    /// which then finds the runtime where the AppHost found it.
    /// </summary>
    private static LaunchPlan ForBuilt(string assembly, string folder)
    {
        var dotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : null;
        var program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);

        return dotnet is null && File.Exists(program)
            ? new LaunchPlan(program, folder, [])
            : new LaunchPlan(dotnet ?? "dotnet", folder, [assembly]);
    }

    private static string[] Configuration(Assembly? appHost) =>
        appHost?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration is { Length: > 0 } configuration
            ? ["--configuration", configuration]
            : [];
}
