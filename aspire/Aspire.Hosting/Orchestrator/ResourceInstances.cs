using System.Collections.Immutable;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Gives every process-like resource the names of its instances, one for each replica: <c>{resource}-{8 letters}</c>.</summary>
internal static class ResourceInstances
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const int SuffixLength = 8;

    /// <summary>Whether the orchestrator runs the resource: a project, an executable or a container.</summary>
    public static bool IsRun(IResource resource) => resource is ProjectResource or ExecutableResource || resource.IsContainer();

    public static void Assign(IResource resource, DcpOptions options)
    {
        if (!IsRun(resource) || resource.HasAnnotationOfType<DcpInstancesAnnotation>())
        {
            return;
        }

        var count = resource.IsContainer() ? 1 : resource.GetReplicaCount();
        resource.Annotations.Add(new DcpInstancesAnnotation(
            [.. Enumerable.Range(0, count).Select(index => Create(resource, index, options))]));
    }

    public static ImmutableArray<DcpInstance> Of(IResource resource) =>
        resource.TryGetLastAnnotation<DcpInstancesAnnotation>(out var annotation) ? annotation.Instances : [];

    private static DcpInstance Create(IResource resource, int index, DcpOptions options)
    {
        var suffix = RandomNumberGenerator.GetString(Letters, SuffixLength);
        var name = resource.TryGetLastAnnotation<ContainerNameAnnotation>(out var given)
            ? given.Name
            : string.Join('-', new[] { resource.Name, suffix, options.ResourceNameSuffix }.Where(part => !string.IsNullOrWhiteSpace(part)));

        return new DcpInstance(name, suffix, index);
    }
}
