using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>How Istio carries calls between workloads: what a proxy knows of, how many connections it opens, whom it leaves out.</summary>
internal static class MeshTraffic
{
    public const string Api = "networking.istio.io/v1";

    /// <summary>A proxy knows only whom its program calls; anything else does not exist for it.</summary>
    public static JsonObject Sidecar(string name, string component, IEnumerable<string> hosts, params IEnumerable<string> others) => Create(Api, "Sidecar", name, component, new JsonObject
    {
        ["workloadSelector"] = new JsonObject { ["labels"] = new JsonObject { [NameLabel] = name } },
        ["outboundTrafficPolicy"] = new JsonObject { ["mode"] = "REGISTRY_ONLY" },
        ["egress"] = new JsonArray(new JsonObject
        {
            ["hosts"] = Strings([.. hosts.Select(host => $"./{host}"), $"{Names.IstioNamespace}/*", $"{Names.TelemetryNamespace}/*", .. others]),
        }),
    });

    /// <summary>Makes known whom services call outside, to the proxies whose Sidecar names it.</summary>
    /// <param name="isTls">Whether the first byte is that of TLS, so that the name asked for has to be the host.</param>
    public static JsonObject Outside(string service, string component, IEnumerable<OutsideHost> hosts, bool isTls = false) => Create(Api, "ServiceEntry", service, component, new JsonObject
    {
        ["hosts"] = Strings(hosts.Select(host => host.Host).Distinct()),
        ["ports"] = List(hosts.Select(host => host.Port).Distinct().Select(port => new JsonObject
        {
            ["number"] = port, ["name"] = $"tcp-{port}", ["protocol"] = isTls || port == 443 ? "TLS" : "TCP",
        })),
        ["location"] = "MESH_EXTERNAL",
        ["resolution"] = "DNS",
        ["exportTo"] = new JsonArray("."),
    });

    /// <summary>The parts of a service's pods between which a Rollout divides the traffic. It adds to their labels which version each is.</summary>
    public const string Stable = "stable";
    public const string Canary = "canary";

    public static JsonObject Destination(Workload workload, string component, ServiceSettings? settings = null)
    {
        var isHttp = workload.Endpoints.Any(endpoint => endpoint.IsHttp);
        var pool = new JsonObject { ["tcp"] = new JsonObject { ["maxConnections"] = 1024, ["connectTimeout"] = "2s" } };
        if (isHttp)
            pool["http"] = new JsonObject { ["http1MaxPendingRequests"] = 1024, ["http2MaxRequests"] = 4096, ["idleTimeout"] = "60s" };

        var policy = new JsonObject { ["tls"] = new JsonObject { ["mode"] = "ISTIO_MUTUAL" }, ["connectionPool"] = pool };
        // A replica that fails five times in a row rests; never more than half of them, so that a fault that all have ejects nobody.
        if (isHttp)
            policy["outlierDetection"] = new JsonObject
            {
                ["consecutive5xxErrors"] = 5,
                ["interval"] = "10s",
                ["baseEjectionTime"] = "30s",
                ["maxEjectionPercent"] = 50,
            };

        var spec = new JsonObject { ["host"] = Names.Host(workload.Name), ["trafficPolicy"] = policy };
        if (settings?.Rollout == RolloutKind.Canary)
            spec["subsets"] = List(new[] { Stable, Canary }.Select(subset => new JsonObject
            {
                ["name"] = subset, ["labels"] = new JsonObject { [NameLabel] = workload.Name },
            }));
        return Create(Api, "DestinationRule", workload.Name, component, spec);
    }

    /// <summary>Between services only reads are sent again; by itself Istio would do so with everything.</summary>
    public static JsonObject Route(Service service, ServiceSettings settings, string component) => Create(Api, "VirtualService", service.Name, component, new JsonObject
    {
        ["hosts"] = new JsonArray(Names.Host(service.Name)),
        ["http"] = List(
        [
            .. ForTesters(service, settings),
            new JsonObject
            {
                ["name"] = "reads",
                ["match"] = new JsonArray(Method("GET"), Method("HEAD")),
                ["retries"] = Retries(),
                ["route"] = Destinations(service, settings),
            },
            new JsonObject
            {
                ["name"] = "writes",
                ["retries"] = NoRetries(),
                ["route"] = Destinations(service, settings),
            },
        ]),
    });

    /// <summary>The way to a version that waits to take over at once. That to a canary is there only while it rolls out, and made by its Rollout.</summary>
    public static IEnumerable<JsonObject> ForTesters(Service service, ServiceSettings settings)
    {
        if (settings.Rollout == RolloutKind.BlueGreen)
            yield return new JsonObject
            {
                ["name"] = "testers",
                ["match"] = new JsonArray(new JsonObject
                {
                    ["headers"] = new JsonObject { [Rollouts.TesterHeader] = new JsonObject { ["exact"] = "true" } },
                }),
                ["timeout"] = "35s",
                ["retries"] = NoRetries(),
                ["route"] = new JsonArray(Destination(service, Names.Preview(service.Name))),
            };
    }

    /// <summary>Where requests go; the weights are those between roll-outs.</summary>
    public static JsonArray Destinations(Service service, ServiceSettings settings) => settings.Rollout == RolloutKind.Canary
        ? [Part(service, Stable, 100), Part(service, Canary, 0)]
        : [Destination(service, service.Name)];

    public static JsonObject Method(string method) => new() { ["method"] = new JsonObject { ["exact"] = method } };

    public static JsonObject Retries() => new()
    {
        ["attempts"] = 2,
        ["perTryTimeout"] = "10s",
        ["retryOn"] = "connect-failure,refused-stream,reset,503",
    };

    public static JsonObject NoRetries() => new() { ["attempts"] = 0 };

    private static JsonObject Part(Service service, string subset, int weight)
    {
        var part = Destination(service, service.Name);
        part["destination"]!["subset"] = subset;
        part["weight"] = weight;
        return part;
    }

    private static JsonObject Destination(Service service, string host)
    {
        var destination = new JsonObject { ["host"] = Names.Host(host) };
        if (service.Http is { } http)
            destination["port"] = new JsonObject { ["number"] = http.Port };
        return new JsonObject { ["destination"] = destination };
    }
}
