using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The processes or the container that the orchestrator runs for a resource: one, or one for each replica.</summary>
internal sealed class DcpInstancesAnnotation(ImmutableArray<DcpInstance> instances) : IResourceAnnotation
{
    public ImmutableArray<DcpInstance> Instances { get; } = instances;
}
