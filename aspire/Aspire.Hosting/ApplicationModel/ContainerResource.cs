namespace Aspire.Hosting.ApplicationModel;

public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes,
      IComputeResource
{
    public string? Entrypoint { get; set; } = entrypoint;

    /// <summary>In run mode the arguments are one command line for the shell that is the entry point: <c>-c "a b c"</c>.</summary>
    internal bool ShellExecution { get; set; }
}
