using ShopFlow.ServiceDefaults;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace ShopFlow.Gateway.Routing;

/// <summary>Where the services are, and how to tell which of their addresses to use.</summary>
internal sealed class ServiceClusters(ServiceEndpointResolver resolver)
{
    public IReadOnlyList<ClusterConfig> All => [.. Services.All.Select(service => Cluster(service, AddressesOf(service)))];

    /// <summary>A name that is not in the configuration is left to DNS, as in a cluster.</summary>
    private IReadOnlyList<Uri> AddressesOf(string service)
    {
        var byName = new Uri($"http://{service}");
        return resolver.ResolveAll(byName) is [_, ..] known ? known : [byName];
    }

    private static ClusterConfig Cluster(string service, IReadOnlyList<Uri> addresses) => new()
    {
        ClusterId = service,
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        Destinations = addresses.Index().ToDictionary(address => $"{service}-{address.Index}", address => new DestinationConfig { Address = address.Item.ToString() }),
        HealthCheck = new()
        {
            // With nobody known to be healthy everybody is tried: a service that comes back is in use at once.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            Passive = new()
            {
                Enabled = true,
                Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
                ReactivationPeriod = TimeSpan.FromSeconds(5),
            },
            Active = new()
            {
                Enabled = true,
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                Path = "/health/live",
                Interval = TimeSpan.FromSeconds(10),
                Timeout = TimeSpan.FromSeconds(2),
            },
        },
    };
}
