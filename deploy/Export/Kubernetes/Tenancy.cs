using System.Text.Json.Nodes;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>The namespace of the shop, and what holds for everything in it.</summary>
internal static class Tenancy
{
    public const string Component = "platform";
    public const string ServicePriority = "shopflow-service";
    public const string ServerPriority = "shopflow-server";

    public static IEnumerable<JsonObject> Create() =>
    [
        Namespace(),
        Priority(ServerPriority, 200000, "Databases, broker and cache: nothing works without them."),
        Priority(ServicePriority, 100000, "The shop's services."),
        Limits(),
        Quota(),
    ];

    private static JsonObject Namespace()
    {
        var created = CreateGlobal("v1", "Namespace", Names.Shop, Component);
        var labels = created["metadata"]!["labels"]!;
        labels["istio-injection"] = "enabled";
        foreach (var mode in new[] { "enforce", "audit", "warn" })
            labels[$"pod-security.kubernetes.io/{mode}"] = "restricted";
        return created;
    }

    private static JsonObject Priority(string name, int value, string description)
    {
        var created = CreateGlobal("scheduling.k8s.io/v1", "PriorityClass", name, Component);
        created["value"] = value;
        created["globalDefault"] = false;
        created["description"] = description;
        return created;
    }

    // For what somebody starts by hand; everything here states its own.
    private static JsonObject Limits() => Objects.Create("v1", "LimitRange", "containers", Component, new JsonObject
    {
        ["limits"] = new JsonArray(new JsonObject
        {
            ["type"] = "Container",
            ["default"] = new JsonObject { ["cpu"] = "500m", ["memory"] = "256Mi" },
            ["defaultRequest"] = new JsonObject { ["cpu"] = "50m", ["memory"] = "128Mi" },
            ["max"] = new JsonObject { ["cpu"] = "4", ["memory"] = "8Gi" },
        }),
    });

    // The one way in is the ingress, which has a namespace of its own.
    private static JsonObject Quota() => Objects.Create("v1", "ResourceQuota", "shop", Component, new JsonObject
    {
        ["hard"] = new JsonObject { ["pods"] = "400", ["services.loadbalancers"] = "0", ["services.nodeports"] = "0" },
    });
}
