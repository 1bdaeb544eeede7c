using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Describes a container to DCP, which runs it with the container engine of the machine.</summary>
internal static class ContainerObjects
{
    public static string NetworkName => KnownNetworkIdentifiers.DefaultAspireContainerNetwork.Value;

    public static ContainerSpec Spec(
        ProcessInstance instance, IEnumerable<ServiceEndpoint> endpoints, IReadOnlyList<string> arguments, IReadOnlyList<DcpVariable> environment)
    {
        var resource = instance.Resource;
        var isPersistent = IsPersistent(resource);

        return new ContainerSpec
        {
            Image = resource.TryGetContainerImageName(out var image)
                ? image
                : throw new DistributedApplicationException($"The container '{resource.Name}' has no image."),
            ContainerName = instance.Name,
            Command = (resource as ContainerResource)?.Entrypoint,
            Args = arguments.Count > 0 ? arguments : null,
            Env = environment.Count > 0 ? environment : null,
            Ports = [.. endpoints.Select(Port)],
            VolumeMounts = Mounts(resource),
            Networks = [new ContainerNetworkConnection(NetworkName, [resource.Name, $"{resource.Name}.dev.internal"])],
            Persistent = isPersistent ? true : null,
        };
    }

    private static bool IsPersistent(IResource resource) =>
        resource.TryGetLastAnnotation<ContainerLifetimeAnnotation>(out var annotation) && annotation.Lifetime == ContainerLifetime.Persistent;

    /// <summary>DCP's proxy owns the public port; only without it is the container published there itself.</summary>
    private static ContainerPort Port(ServiceEndpoint service)
    {
        var target = service.Endpoint.TargetPort
            ?? throw new DistributedApplicationException($"The endpoint '{service.Endpoint.Name}' of the container '{service.Resource.Name}' has no target port.");

        return new ContainerPort(target) { HostPort = service.Endpoint.IsProxied ? null : service.Endpoint.Port };
    }

    private static IReadOnlyList<VolumeMount>? Mounts(IResource resource) => resource.TryGetContainerMounts(out var mounts)
        ? [.. mounts.Select(mount => new VolumeMount(
            mount.Type == ContainerMountType.BindMount ? "bind" : "volume", mount.Source, mount.Target, mount.IsReadOnly ? true : null))]
        : null;
}
