using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>The model's arrows as Istio enforces them: mutual TLS, nothing is allowed, then one rule an arrow, by the caller's identity.</summary>
internal static class MeshRules
{
    private const string Security = "security.istio.io/v1";

    /// <summary>What no caller may ask for unless the settings say so: services talk to each other there, and Prometheus reads.</summary>
    private static readonly string[] s_internalPaths = ["/internal/*", "/metrics"];

    public static IEnumerable<JsonObject> ForAll() =>
    [
        Create(Security, "PeerAuthentication", "default", Tenancy.Component, new JsonObject { ["mtls"] = new JsonObject { ["mode"] = "STRICT" } }),
        // A policy with no rule allows nothing.
        Create(Security, "AuthorizationPolicy", "default-deny", Tenancy.Component, []),
        Create("telemetry.istio.io/v1", "Telemetry", "default", Tenancy.Component, new JsonObject
        {
            ["tracing"] = new JsonArray(new JsonObject
            {
                ["providers"] = new JsonArray(new JsonObject { ["name"] = "otel" }),
                // The services decide which traces are recorded; the proxies go by what they say.
                ["randomSamplingPercentage"] = 0,
            }),
        }),
    ];

    /// <summary>One rule for each caller; none for a workload that nobody calls.</summary>
    public static JsonObject? Authorization(Workload callee, ShopModel model, ServiceSettings? settings, string component)
    {
        var rules = model.ArrowsTo(callee)
            .Select(arrow => Rule(Names.Principal(arrow.Caller), Operations(callee, model.TargetPorts(arrow), settings?.CallsOf(arrow.Caller))))
            .ToArray();
        return rules.Length == 0 ? null : Allow(callee.Name, callee.Name, component, rules);
    }

    public static JsonObject IngressAuthorization(Service service, ServiceSettings settings)
    {
        var ports = service.Endpoints.Where(endpoint => endpoint.IsExternal).Select(endpoint => endpoint.TargetPort);
        return Allow(
            $"{service.Name}-from-internet",
            service.Name,
            ServiceWorkload.Component,
            Rule(Names.Principal(Names.IngressApp, Names.IngressNamespace), Operations(service, ports, settings.CallsOf(ServiceSettings.Internet))));
    }

    /// <summary>A token that is there has to be one of ours; whether there must be one is up to each service.</summary>
    public static JsonObject RequestAuthentication(Service service, Service issuer) => Create(Security, "RequestAuthentication", service.Name, ServiceWorkload.Component, new JsonObject
    {
        ["selector"] = PodsOf(service.Name),
        ["jwtRules"] = new JsonArray(new JsonObject
        {
            ["issuer"] = "shopflow",
            ["audiences"] = new JsonArray("shopflow"),
            ["jwksUri"] = $"http://{Names.Host(issuer.Name)}:{issuer.Http!.Port}/.well-known/jwks.json",
            ["forwardOriginalToken"] = true,
        }),
    });

    private static JsonObject Allow(string name, string pods, string component, params JsonObject[] rules) => Create(Security, "AuthorizationPolicy", name, component, new JsonObject
    {
        ["selector"] = PodsOf(pods),
        ["action"] = "ALLOW",
        ["rules"] = List(rules),
    });

    /// <summary>Lets an account of the shop read a few paths of a service.</summary>
    public static JsonObject Authorization(string account, Service callee, int port, IEnumerable<string> paths) => Allow(
        $"{callee.Name}-from-{account}",
        callee.Name,
        ServiceWorkload.Component,
        Rule(Names.Principal(account), [new JsonObject { ["ports"] = new JsonArray($"{port}"), ["paths"] = Strings(paths), ["methods"] = new JsonArray("GET") }]));

    /// <summary>Lets an account of the shop reach ports on which nobody speaks HTTP.</summary>
    public static JsonObject Rule(string account, IEnumerable<int> ports) =>
        Rule(Names.Principal(account), [new JsonObject { ["ports"] = Strings(ports.Select(port => $"{port}")) }]);

    private static JsonObject Rule(string principal, IEnumerable<JsonObject> operations) => new()
    {
        ["from"] = new JsonArray(new JsonObject { ["source"] = new JsonObject { ["principals"] = new JsonArray(principal) } }),
        ["to"] = List(operations.Select(operation => new JsonObject { ["operation"] = operation })),
    };

    private static IEnumerable<JsonObject> Operations(Workload callee, IEnumerable<int> ports, IReadOnlyList<Operation>? stated)
    {
        JsonArray Ports() => Strings(ports.Select(port => $"{port}"));

        if (callee is Server)
            return [new JsonObject { ["ports"] = Ports() }];
        if (stated is null)
            return [new JsonObject { ["ports"] = Ports(), ["notPaths"] = Strings(s_internalPaths) }];

        return stated.GroupBy(operation => operation.Method).Select(method =>
        {
            var operation = new JsonObject { ["ports"] = Ports(), ["paths"] = Strings(method.Select(it => it.Path)) };
            if (method.Key != "*")
                operation["methods"] = new JsonArray(method.Key);
            return operation;
        });
    }
}
