namespace Aspire.Hosting.Dcp.Model;

/// <summary>Where objects of one kind live in DCP's API, and the types of their two halves.</summary>
internal sealed record DcpKind<TSpec, TStatus>(string Kind, string Plural)
    where TStatus : class
{
    public DcpObject<TSpec, TStatus> New(string name, TSpec spec, IReadOnlyDictionary<string, string>? annotations = null) =>
        new() { Kind = Kind, Metadata = new DcpMetadata(name) { Annotations = annotations }, Spec = spec };

    public string Path(string? name = null) =>
        name is null ? $"apis/{DcpApi.GroupVersion}/{Plural}" : $"apis/{DcpApi.GroupVersion}/{Plural}/{name}";
}

internal static class DcpKinds
{
    public static readonly DcpKind<ServiceSpec, ServiceStatus> Service = new("Service", "services");
    public static readonly DcpKind<ExecutableSpec, ProcessStatus> Executable = new("Executable", "executables");
    public static readonly DcpKind<ContainerSpec, ProcessStatus> Container = new("Container", "containers");
    public static readonly DcpKind<ContainerNetworkSpec, ContainerNetworkStatus> ContainerNetwork = new(
        "ContainerNetwork", "containernetworks");
    public static readonly DcpKind<EndpointSpec, EndpointStatus> Endpoint = new("Endpoint", "endpoints");
}
