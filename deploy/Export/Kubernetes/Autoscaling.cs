using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>How many replicas a service has, by what they use, what they are asked, and what waits for them.</summary>
internal static class Autoscaling
{
    /// <summary>What the adapter makes of <see cref="Metrics.Durations"/>, for each pod.</summary>
    public const string RequestRate = "http_requests_per_second";

    public static string QueueDepth(string service) => $"{service.Replace('-', '_')}_queued_events";

    public static JsonObject Create(string name, ServiceSettings own, EnvironmentSettings settings) => Objects.Create("autoscaling/v2", "HorizontalPodAutoscaler", name, ServiceWorkload.Component, new JsonObject
    {
        ["scaleTargetRef"] = own.Rollout == RolloutKind.Rolling
            ? new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["name"] = name }
            : new JsonObject { ["apiVersion"] = Rollouts.Api, ["kind"] = "Rollout", ["name"] = name },
        ["minReplicas"] = own.Replicas.Min,
        ["maxReplicas"] = own.Replicas.Max,
        ["metrics"] = List([.. Resources(own.Scaling), .. settings.HasCustomMetrics ? Custom(name, own.Scaling, settings.Servers.Run != ServersRun.Aws) : []]),
        // Up at once, down slowly: a lull of a minute is no reason to let replicas go.
        ["behavior"] = new JsonObject
        {
            ["scaleUp"] = new JsonObject { ["stabilizationWindowSeconds"] = 0, ["policies"] = new JsonArray(Policy("Percent", 100, 30)) },
            ["scaleDown"] = new JsonObject { ["stabilizationWindowSeconds"] = 300, ["policies"] = new JsonArray(Policy("Pods", 1, 60)) },
        },
    });

    private static IEnumerable<JsonObject> Resources(Scaling scaling) => [Resource("cpu", scaling.Cpu), Resource("memory", scaling.Memory)];

    // Prometheus does not see into a broker that AWS runs, and an autoscaler that misses a metric lets no replica go.
    private static IEnumerable<JsonObject> Custom(string name, Scaling scaling, bool seesQueues)
    {
        if (scaling.Requests is { } requests)
            yield return Custom("Pods", RequestRate, requests);
        if (seesQueues && scaling.Queued is { } queued)
            yield return Custom("External", QueueDepth(name), queued);
    }

    private static JsonObject Resource(string name, int utilization) => new()
    {
        ["type"] = "Resource",
        ["resource"] = new JsonObject
        {
            ["name"] = name,
            ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = utilization },
        },
    };

    private static JsonObject Custom(string type, string metric, int average) => new()
    {
        ["type"] = type,
        [type.ToLowerInvariant()] = new JsonObject
        {
            ["metric"] = new JsonObject { ["name"] = metric },
            ["target"] = new JsonObject { ["type"] = "AverageValue", ["averageValue"] = average },
        },
    };

    private static JsonObject Policy(string type, int value, int seconds) => new() { ["type"] = type, ["value"] = value, ["periodSeconds"] = seconds };
}
