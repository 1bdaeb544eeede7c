using System.Text.Json.Nodes;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>The model's arrows as NetworkPolicies: nothing is allowed, then one rule an arrow at both of its ends.</summary>
internal static class NetworkRules
{
    // Where istiod gives proxies their configuration and certificates, and where a proxy offers its metrics and the program's.
    private const int IstiodPort = 15012;
    public const int MergedMetricsPort = 15020;

    private static readonly JsonObject s_everyPod = [];

    private static readonly string[] s_privateAddresses = ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];

    /// <summary>What holds for every pod: no traffic but names, certificates, telemetry and scrapes.</summary>
    public static IEnumerable<JsonObject> ForAll() =>
    [
        Policy("default-deny", Tenancy.Component, s_everyPod.DeepClone(), ingress: [], egress: []),
        Policy(
            "platform",
            Tenancy.Component,
            s_everyPod.DeepClone(),
            ingress: [From([Namespace(Names.MonitoringNamespace)], [MergedMetricsPort])],
            egress:
            [
                new JsonObject
                {
                    ["to"] = new JsonArray(new JsonObject
                    {
                        ["namespaceSelector"] = NamespaceIs("kube-system"),
                        ["podSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["k8s-app"] = "kube-dns" } },
                    }),
                    ["ports"] = new JsonArray(Port(53, "UDP"), Port(53, "TCP")),
                },
                To([Namespace(Names.IstioNamespace)], [IstiodPort]),
                To([Namespace(Names.TelemetryNamespace)], [Names.CollectorPort]),
            ]),
    ];

    /// <param name="ingress">What is allowed besides the arrows.</param>
    /// <param name="egress">What is allowed besides the arrows.</param>
    public static JsonObject For(Workload workload, ShopModel model, string component, IEnumerable<JsonObject>? ingress = null, IEnumerable<JsonObject>? egress = null) => Policy(
        workload.Name,
        component,
        PodsOf(workload.Name),
        ingress: [.. model.ArrowsTo(workload).Select(arrow => From(CallersOf(arrow, model), model.TargetPorts(arrow))), .. ingress ?? []],
        egress: [.. model.ArrowsFrom(workload).Select(arrow => To(PeersOf(arrow.Callee, model), model.TargetPorts(arrow))), .. egress ?? []]);

    /// <summary>The Job that migrates reaches the databases, and nothing else.</summary>
    public static JsonObject ForMigration(Service service, ShopModel model) => Policy(
        Names.Migration(service.Name),
        "migration",
        PodsOf(Names.Migration(service.Name)),
        ingress: [],
        egress: model.DatabasesOf(service).Select(database => To(PeersOf(database.Name, model), database.Endpoints.Select(endpoint => endpoint.TargetPort))));

    /// <summary>Lets the ingress reach a public service.</summary>
    public static JsonObject ForIngress(Service service) => Policy(
        $"{service.Name}-from-internet",
        ServiceWorkload.Component,
        PodsOf(service.Name),
        ingress: [From([Namespace(Names.IngressNamespace)], service.Endpoints.Where(endpoint => endpoint.IsExternal).Select(endpoint => endpoint.TargetPort))],
        egress: null);

    /// <summary>The API server is no pod, and neither is what is outside, so a rule can name nothing but the port.</summary>
    public static JsonObject ToKubernetes() => new() { ["ports"] = new JsonArray(Port(443), Port(6443)) };

    /// <summary>Out to the internet, which private addresses are no part of: an address that somebody else chose must not lead back in.</summary>
    public static JsonObject ToInternet(IEnumerable<int> ports) => To(
        [new JsonObject { ["ipBlock"] = new JsonObject { ["cidr"] = "0.0.0.0/0", ["except"] = Strings(s_privateAddresses) } }],
        ports);

    // Of a server outside only its network can be told; which name is asked for there is up to the mesh.
    private static IEnumerable<JsonObject> PeersOf(string callee, ShopModel model) => model.OutsideOf(callee) is { } outside
        ? outside.Networks.Select(network => new JsonObject { ["ipBlock"] = new JsonObject { ["cidr"] = network } })
        : [PodsNamed(callee)];

    private static IEnumerable<JsonObject> CallersOf(Arrow arrow, ShopModel model)
    {
        yield return PodsNamed(arrow.Caller);
        if (model.Services.FirstOrDefault(service => service.Name == arrow.Caller) is { } caller && model.DatabasesOf(caller).Any(database => database.Name == arrow.Callee))
            yield return PodsNamed(Names.Migration(arrow.Caller));
    }

    public static JsonObject Policy(string name, string component, JsonNode pods, IEnumerable<JsonObject> ingress, IEnumerable<JsonObject>? egress)
    {
        var spec = new JsonObject
        {
            ["podSelector"] = pods,
            ["policyTypes"] = egress is null ? new JsonArray("Ingress") : new JsonArray("Ingress", "Egress"),
            ["ingress"] = List(ingress),
        };
        if (egress is not null)
            spec["egress"] = List(egress);
        return Create("networking.k8s.io/v1", "NetworkPolicy", name, component, spec);
    }

    public static JsonObject From(IEnumerable<JsonObject> peers, IEnumerable<int> ports) => new() { ["from"] = List(peers), ["ports"] = List(ports.Select(port => Port(port))) };

    public static JsonObject To(IEnumerable<JsonObject> peers, IEnumerable<int> ports) => new() { ["to"] = List(peers), ["ports"] = List(ports.Select(port => Port(port))) };

    private static JsonObject Port(int port, string protocol = "TCP") => new() { ["protocol"] = protocol, ["port"] = port };

    public static JsonObject PodsNamed(string name) => new() { ["podSelector"] = PodsOf(name) };

    public static JsonObject Namespace(string name) => new() { ["namespaceSelector"] = NamespaceIs(name) };

    private static JsonObject NamespaceIs(string name) => new() { ["matchLabels"] = new JsonObject { [Names.NamespaceLabel] = name } };
}
