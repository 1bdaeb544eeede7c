using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Orchestrator;

/// <summary>An endpoint of the model and the DCP Service that stands for it.</summary>
internal sealed record ServiceEndpoint(IResource Resource, EndpointAnnotation Endpoint, string ServiceName)
{
    /// <summary>The fixed port at which others reach the endpoint; null lets DCP choose a free one.</summary>
    public int? PublicPort { get; init; }

    public DcpObject<ServiceSpec, ServiceStatus> ToService() => DcpKinds.Service.New(
        ServiceName,
        new ServiceSpec
        {
            Address = Endpoint.TargetHost,
            Port = PublicPort,
            Protocol = Endpoint.Protocol.ToString().ToUpperInvariant(),
            AddressAllocationMode = Endpoint.IsProxied ? ServiceSpec.ProxiedMode : ServiceSpec.ProxylessMode,
        },
        new Dictionary<string, string>
        {
            [DcpAnnotations.ResourceName] = Resource.Name,
            [DcpAnnotations.EndpointName] = Endpoint.Name,
        });

    public ServiceProducer ToProducer() => new(ServiceName, Endpoint.TargetHost, Endpoint.TargetPort);

    /// <summary>Tells the model under which address others reach the endpoint.</summary>
    public void Allocate(string address, int port)
    {
        Endpoint.AllocatedEndpoint = new AllocatedEndpoint(
            Endpoint,
            address,
            port,
            EndpointBindingMode.SingleAddress,
            targetPortExpression: Resource.IsContainer() ? Endpoint.TargetPort?.ToString() : DcpTemplate.PortForServing(ServiceName));

        if (Resource.IsContainer())
        {
            var network = KnownNetworkIdentifiers.DefaultAspireContainerNetwork;
            Endpoint.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(network, new AllocatedEndpoint(
                Endpoint,
                $"{Resource.Name}.dev.internal",
                Endpoint.TargetPort ?? port,
                EndpointBindingMode.SingleAddress,
                targetPortExpression: Endpoint.TargetPort?.ToString(),
                network));
        }
    }
}
