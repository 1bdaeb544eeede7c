using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Describes a container to DCP, which runs it with the container engine of the machine.</summary>
internal static class ContainerObjects
{
    public static string NetworkName => KnownNetworkIdentifiers.DefaultAspireContainerNetwork.Value;

    public static ContainerSpec Spec(
        ProcessInstance instance,
        IEnumerable<ServiceEndpoint> endpoints,
        IReadOnlyList<string> arguments,
        IReadOnlyList<DcpVariable> environment)
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
            Args = Arguments(resource, arguments),
            Env = environment.Count > 0 ? environment : null,
            Ports = [.. endpoints.Select(Port)],
            VolumeMounts = Mounts(resource),
            Networks = [new ContainerNetworkConnection(NetworkName, [resource.Name, $"{resource.Name}.dev.internal"])],
            Persistent = isPersistent ? true : null,
        };
    }

    /// <summary>A shell that is the entry point takes the whole command line as one argument.</summary>
    private static IReadOnlyList<string>? Arguments(IResource resource, IReadOnlyList<string> arguments) => resource switch
    {
        _ when arguments.Count == 0 => null,
        ContainerResource { ShellExecution: true } => ["-c", string.Join(' ', arguments)],
        _ => arguments,
    };

    private static bool IsPersistent(IResource resource) =>
        resource.TryGetLastAnnotation<ContainerLifetimeAnnotation>(out var annotation)
        && annotation.Lifetime == ContainerLifetime.Persistent;

    /// <summary>DCP's proxy owns the public port; only without it is the container published there itself.</summary>
    private static ContainerPort Port(ServiceEndpoint service)
    {
        var target = service.Endpoint.TargetPort
            ?? throw new DistributedApplicationException(
                $"The endpoint '{service.Endpoint.Name}' of the container '{service.Resource.Name}' has no target port.");

        return new ContainerPort(target) { HostPort = service.Endpoint.IsProxied ? null : service.Endpoint.Port };
    }

    private static IReadOnlyList<VolumeMount>? Mounts(IResource resource) => resource.TryGetContainerMounts(out var mounts)
        ? [.. mounts.Select(mount => new VolumeMount(
            mount.Type == ContainerMountType.BindMount ? "bind" : "volume", mount.Source, mount.Target, mount.IsReadOnly ? true : null))]
        : null;
}
