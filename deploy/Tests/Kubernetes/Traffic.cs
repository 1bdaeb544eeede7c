using System.Text.Json.Nodes;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>Who may reach whom, as a network plugin and Istio's proxies would decide it from the objects.</summary>
internal sealed class Traffic(IReadOnlyList<KubernetesObject> objects)
{
    private static readonly Caller s_ingress = new("istio-ingress", "istio-ingress", new Dictionary<string, string>());

    /// <param name="Account">The name of the ServiceAccount.</param>
    private sealed record Caller(string Namespace, string Account, IReadOnlyDictionary<string, string> Labels);

    public IReadOnlyList<KubernetesObject> Workloads { get; } = [.. objects.Where(it => it.Kind is "Deployment" or "StatefulSet")];

    public bool NetworkAllows(KubernetesObject from, KubernetesObject to, int port) =>
        Policies(from, "Egress").Any(policy => Rules(policy, "egress").Any(rule => Matches(rule["to"], CallerOf(to)) && HasPort(rule, port)))
        && NetworkAllows(CallerOf(from), to, port);

    public bool NetworkAllowsIngress(KubernetesObject to, int port) => NetworkAllows(s_ingress, to, port);

    public bool MeshAllows(KubernetesObject from, KubernetesObject to, int port, string method = "GET", string path = "/any") => MeshAllows(CallerOf(from), to, port, method, path);

    public bool MeshAllowsIngress(KubernetesObject to, int port, string method = "GET", string path = "/any") => MeshAllows(s_ingress, to, port, method, path);

    /// <summary>Whether there is any request with which the mesh lets one through to the other's port.</summary>
    public bool MeshKnows(KubernetesObject from, KubernetesObject to, int port) =>
        MeshRules(to).Any(rule => HasPrincipal(rule, CallerOf(from)) && rule["to"]!.AsArray().Any(target => Contains(target!["operation"]!["ports"], $"{port}")));

    public static IEnumerable<int> PortsOf(KubernetesObject workload) =>
        workload.Containers.SelectMany(container => container["ports"]?.AsArray() ?? []).Select(port => port!["containerPort"]!.GetValue<int>());

    private static Caller CallerOf(KubernetesObject workload) =>
        new("shopflow", workload.PodTemplate!["spec"]!["serviceAccountName"]!.GetValue<string>(), workload.PodLabels);

    private bool NetworkAllows(Caller from, KubernetesObject to, int port) =>
        Policies(to, "Ingress").Any(policy => Rules(policy, "ingress").Any(rule => Matches(rule["from"], from) && HasPort(rule, port)));

    // With no policy at all everything would be allowed, so each direction must have one that selects the pod.
    private IEnumerable<KubernetesObject> Policies(KubernetesObject workload, string type)
    {
        var policies = objects
            .Where(it => it.Kind == "NetworkPolicy" && Contains(it.Spec["policyTypes"], type) && KubernetesObject.Selects(it.Spec["podSelector"], workload.PodLabels))
            .ToArray();
        Assert.NotEmpty(policies);
        return policies;
    }

    private static IEnumerable<JsonNode> Rules(KubernetesObject policy, string direction) => (policy.Spec[direction]?.AsArray() ?? []).Select(rule => rule!);

    private static bool Matches(JsonNode? peers, Caller other) => peers is null || peers.AsArray().Any(peer =>
        (peer!["namespaceSelector"] is { } @namespace
            ? KubernetesObject.Selects(@namespace, new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = other.Namespace })
            : other.Namespace == "shopflow")
        && !peer.AsObject().ContainsKey("ipBlock")
        && (peer["podSelector"] is not { } pods || KubernetesObject.Selects(pods, other.Labels)));

    private static bool HasPort(JsonNode rule, int port) => rule["ports"] is not JsonArray ports || ports.Any(allowed => allowed!["port"]!.GetValue<int>() == port);

    private bool MeshAllows(Caller from, KubernetesObject to, int port, string method, string path) => MeshRules(to).Any(rule =>
        HasPrincipal(rule, from) && rule["to"]!.AsArray().Select(target => target!["operation"]!).Any(operation =>
            Contains(operation["ports"], $"{port}")
            && (operation["methods"] is not { } methods || Contains(methods, method))
            && (operation["paths"] is not { } paths || HasPath(paths, path))
            && (operation["notPaths"] is not { } others || !HasPath(others, path))));

    private IEnumerable<JsonNode> MeshRules(KubernetesObject to)
    {
        var policies = objects.Where(it => it.Kind == "AuthorizationPolicy" && (it.Json["spec"]?["selector"] is not { } selector || KubernetesObject.Selects(selector, to.PodLabels))).ToArray();
        Assert.NotEmpty(policies);
        return policies.SelectMany(policy => policy.Json["spec"]?["rules"]?.AsArray() ?? []).Select(rule => rule!);
    }

    private static bool HasPrincipal(JsonNode rule, Caller caller) =>
        rule["from"]!.AsArray().Any(source => Contains(source!["source"]!["principals"], $"cluster.local/ns/{caller.Namespace}/sa/{caller.Account}"));

    private static bool HasPath(JsonNode patterns, string path) => patterns.AsArray().Select(pattern => pattern!.GetValue<string>())
        .Any(pattern => pattern.EndsWith('*') ? path.StartsWith(pattern[..^1], StringComparison.Ordinal) : path == pattern);

    private static bool Contains(JsonNode? list, string text) => list!.AsArray().Any(item => item!.GetValue<string>() == text);
}
