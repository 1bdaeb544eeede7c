using System.Reflection;

namespace Aspire.Hosting;

public sealed class DistributedApplicationOptions
{
    private string? _projectDirectory;
    private bool _projectDirectoryIsSet;

    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly, when it is not the entry assembly.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The folder that relative paths in the model start from; the AppHost project's unless set.</summary>
    public string? ProjectDirectory
    {
        get => _projectDirectoryIsSet ? _projectDirectory : AssemblyMetadata.Get(Assembly, "AppHostProjectPath");
        set => (_projectDirectory, _projectDirectoryIsSet) = (value, true);
    }

    public string? ContainerRegistryOverride { get; set; }

    public bool DisableDashboard { get; set; }

    public string? DashboardApplicationName { get; set; }

    public bool AllowUnsecuredTransport { get; set; }

    public bool EnableResourceLogging { get; set; }

    internal Assembly? Assembly => string.IsNullOrEmpty(AssemblyName) ? Assembly.GetEntryAssembly() : LoadAssembly(AssemblyName);

    internal string? ProjectName => AssemblyMetadata.Get(Assembly, "AppHostProjectName");

    private static Assembly LoadAssembly(string name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            throw new InvalidOperationException(
                $"Failed to load AppHost assembly '{name}' specified in {nameof(DistributedApplicationOptions)}.",
                exception);
        }
    }
}
