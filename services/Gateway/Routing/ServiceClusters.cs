using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace ShopFlow.Gateway.Routing;

/// <summary>Where the services are: the addresses that service discovery has in the configuration (<c>services:catalog:http:0</c>, ...).</summary>
internal static class ServiceClusters
{
    public static IReadOnlyList<ClusterConfig> Read(IConfiguration configuration) =>
        [.. Services.All.Select(service => Cluster(service, AddressesOf(service, configuration)))];

    private static IReadOnlyList<string> AddressesOf(string service, IConfiguration configuration)
    {
        var listed = configuration.GetSection($"services:{service}:http").GetChildren().Select(address => address.Value).OfType<string>().ToList();

        // A name that is not listed is left to DNS, as in a cluster.
        return listed is [] ? [$"http://{service}"] : listed;
    }

    private static ClusterConfig Cluster(string service, IReadOnlyList<string> addresses) => new()
    {
        ClusterId = service,
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        Destinations = addresses.Index().ToDictionary(address => $"{service}-{address.Index}", address => new DestinationConfig { Address = address.Item }),
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
