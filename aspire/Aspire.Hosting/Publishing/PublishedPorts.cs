using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>The ports that a manifest gives to one endpoint; null where the platform is to choose.</summary>
internal readonly record struct PublishedPorts(int? Port, int? TargetPort)
{
    public static IEnumerable<(EndpointAnnotation Endpoint, PublishedPorts Ports)> Resolve(IResource resource, IPortAllocator allocator)
    {
        var defaultedSchemes = new HashSet<string>();

        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var port = endpoint.Port is 0 ? null : endpoint.Port;
            var targetPort = ResolveTargetPort(resource, endpoint, port, defaultedSchemes, allocator);
            var needsPort = port is null && targetPort is null && !IsHttp(endpoint);
            var published = new PublishedPorts(needsPort ? allocator.AllocatePort() : port, targetPort);

            foreach (var used in new[] { published.Port ?? published.TargetPort, published.TargetPort }.OfType<int>())
            {
                allocator.AddUsedPort(used);
            }

            yield return (endpoint, published with { Port = published.Port == targetPort ? null : published.Port });
        }
    }

    private static int? ResolveTargetPort(
        IResource resource,
        EndpointAnnotation endpoint,
        int? port,
        HashSet<string> defaultedSchemes,
        IPortAllocator allocator)
    {
        // A project listens on the platform's default port for the first endpoint of each scheme.
        var isProjectDefault = resource is ProjectResource && IsHttp(endpoint) && defaultedSchemes.Add(endpoint.UriScheme);

        return endpoint.TargetPort switch
        {
            { } target and not 0 => target,
            _ when resource is ContainerResource && port is not null => port,
            _ when isProjectDefault => null,
            _ => allocator.AllocatePort(),
        };
    }

    private static bool IsHttp(EndpointAnnotation endpoint) => endpoint.UriScheme is "http" or "https";
}
