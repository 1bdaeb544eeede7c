using System.Text.Json.Nodes;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>What people and pipelines may do in the shop's namespace. Who they are is up to the cluster: it puts them into the groups.</summary>
internal static class AccessRights
{
    private const string Api = "rbac.authorization.k8s.io/v1";

    private static readonly string[] s_read = ["get", "list", "watch"];
    private static readonly string[] s_write = ["get", "list", "watch", "create", "update", "patch", "delete"];

    // What an overlay holds in the namespace, but for Secrets and what grants rights: those a deployer gives to nobody.
    private static readonly (string Group, string[] Resources)[] s_deployed =
    [
        ("", ["configmaps", "limitranges", "resourcequotas", "serviceaccounts", "services"]),
        ("apps", ["deployments", "statefulsets"]),
        ("argoproj.io", ["analysistemplates", "rollouts"]),
        ("autoscaling", ["horizontalpodautoscalers"]),
        ("batch", ["jobs"]),
        ("bitnami.com", ["sealedsecrets"]),
        ("chaos-mesh.org", ["networkchaos", "schedules"]),
        ("external-secrets.io", ["externalsecrets", "secretstores"]),
        ("monitoring.coreos.com", ["podmonitors"]),
        ("networking.istio.io", ["destinationrules", "gateways", "serviceentries", "sidecars", "virtualservices"]),
        ("networking.k8s.io", ["networkpolicies"]),
        ("policy", ["poddisruptionbudgets"]),
        ("postgresql.cnpg.io", ["clusters", "poolers", "scheduledbackups"]),
        ("rabbitmq.com", ["rabbitmqclusters"]),
        ("security.istio.io", ["authorizationpolicies", "peerauthentications", "requestauthentications"]),
        ("telemetry.istio.io", ["telemetries"]),
    ];

    public static IEnumerable<JsonObject> Create() =>
    [
        .. Role("deployer", [.. s_deployed.Select(api => Rule(api.Group, api.Resources, s_write)), Rule("", ["pods", "pods/log", "events"], s_read)]),
        .. Role("viewer", [.. s_deployed.Select(api => Rule(api.Group, api.Resources, s_read)), Rule("", ["pods", "pods/log", "events"], s_read)]),
    ];

    private static JsonObject[] Role(string name, IEnumerable<JsonObject> rules)
    {
        var role = Objects.Create(Api, "Role", name, Tenancy.Component);
        role["rules"] = List(rules);
        var binding = Objects.Create(Api, "RoleBinding", name, Tenancy.Component);
        binding["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "Role", ["name"] = name };
        binding["subjects"] = new JsonArray(new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "Group", ["name"] = $"{Names.Shop}-{name}s" });
        return [role, binding];
    }

    private static JsonObject Rule(string group, IEnumerable<string> resources, IEnumerable<string> verbs) => new()
    {
        ["apiGroups"] = new JsonArray(group), ["resources"] = Strings(resources), ["verbs"] = Strings(verbs),
    };
}
