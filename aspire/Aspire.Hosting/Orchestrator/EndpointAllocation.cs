using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Dcp.Model;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// Creates a Service for each endpoint and waits for its address. All Services come before any process:
/// a process that is created together with its Service starts 2 s late.
/// </summary>
internal sealed class EndpointAllocation(
    DistributedApplicationModel model, DcpHost dcp, DcpOptions options, ILogger<EndpointAllocation> logger)
{
    private ServiceEndpoint[] _services = [];

    public IEnumerable<ServiceEndpoint> Of(IResource resource) => _services.Where(service => service.Resource == resource);

    /// <summary>Decides on the ports. It comes before anything is started, so that a mistake leaves nothing behind.</summary>
    /// <exception cref="DistributedApplicationException">A fixed port is taken, or the model contradicts itself.</exception>
    public void Prepare() => _services =
    [
        .. from service in model.Resources.SelectMany(ServicesOf)
           select service with { PublicPort = PublicPorts.Resolve(service.Resource, service.Endpoint, options) },
    ];

    /// <exception cref="DistributedApplicationException">No address came in time.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_services.Select(service => dcp.Client.CreateAsync(DcpKinds.Service, service.ToService(), cancellationToken)));
        await WaitForAddressesAsync(cancellationToken);
    }

    private static IEnumerable<ServiceEndpoint> ServicesOf(IResource resource)
    {
        if (!ResourceInstances.IsRun(resource) || !resource.TryGetEndpoints(out var found))
        {
            yield break;
        }

        var endpoints = found.ToArray();
        foreach (var endpoint in endpoints)
        {
            ThrowIfContradictory(resource, endpoint);

            yield return new ServiceEndpoint(
                resource, endpoint, endpoints.Length == 1 ? resource.Name : $"{resource.Name}-{endpoint.Name}");
        }
    }

    private static void ThrowIfContradictory(IResource resource, EndpointAnnotation endpoint)
    {
        if (resource.IsContainer())
        {
            return;
        }

        var what = $"The endpoint '{endpoint.Name}' of '{resource.Name}'";
        var replicas = resource.GetReplicaCount();
        if (replicas > 1 && (!endpoint.IsProxied || endpoint.TargetPort is not null))
        {
            throw new DistributedApplicationException(
                $"{what} has a fixed target port or no proxy, which {replicas} replicas cannot share. Leave the port to the orchestrator.");
        }

        if (endpoint.IsProxied && endpoint.TargetPort is { } port && endpoint.Port == port)
        {
            throw new DistributedApplicationException(
                $"{what} has port {port} both for the proxy and for the process. Give only one of them, or set isProxied: false.");
        }
    }

    private async Task WaitForAddressesAsync(CancellationToken cancellationToken)
    {
        var pending = _services.ToDictionary(service => service.ServiceName, StringComparer.Ordinal);
        AllocateProxyless(pending);
        if (pending.Count == 0)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.ServiceStartupWatchTimeout);

        await foreach (var change in dcp.Client.WatchAsync(DcpKinds.Service, logger, limit.Token))
        {
            if (change.Object.Status is { EffectivePort: > 0 and var port } status && pending.Remove(change.Object.Name, out var service))
            {
                service.Allocate(status.EffectiveAddress ?? service.Endpoint.TargetHost, port);
            }

            if (pending.Count == 0)
            {
                return;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new DistributedApplicationException(
            $"No address within {options.ServiceStartupWatchTimeout.TotalSeconds:0} s for {string.Join(", ", pending.Keys)}.");
    }

    private static void AllocateProxyless(Dictionary<string, ServiceEndpoint> pending)
    {
        foreach (var service in pending.Values.Where(service => !service.Endpoint.IsProxied).ToArray())
        {
            service.Allocate(service.Endpoint.TargetHost, service.Endpoint.Port!.Value);
            pending.Remove(service.ServiceName);
        }
    }
}
