using System.Text.Json.Serialization;

namespace Aspire.Hosting.Dcp.Model;

/// <summary>One object of DCP's Kubernetes-style API.</summary>
internal sealed record DcpObject<TSpec, TStatus>
    where TStatus : class
{
    public string ApiVersion { get; init; } = DcpApi.GroupVersion;

    public required string Kind { get; init; }

    public required DcpMetadata Metadata { get; init; }

    public required TSpec Spec { get; init; }

    public TStatus? Status { get; init; }

    [JsonIgnore]
    public string Name => Metadata.Name;

    [JsonIgnore]
    public string? ResourceName => Metadata.Annotations?.GetValueOrDefault(DcpAnnotations.ResourceName);
}
