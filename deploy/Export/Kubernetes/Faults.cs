using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>Failures on purpose: by Istio's proxies in calls between services, by Chaos Mesh in pods and their network.</summary>
internal static class Faults
{
    private const string ChaosMesh = "chaos-mesh.org/v1alpha1";
    private const string Component = "fault";

    /// <summary>The service's route as it is, with the fault in every part of it. A proxy that injects neither repeats a call nor limits its time.</summary>
    public static JsonObject Route(Service service, ServiceSettings own, Fault fault)
    {
        var route = MeshTraffic.Route(service, own, ServiceWorkload.Component);
        foreach (var http in route["spec"]!["http"]!.AsArray())
            http!["fault"] = Injection(fault);
        return route;
    }

    public static IEnumerable<JsonObject> Experiments(GameDaySettings settings) =>
    [
        .. settings.Kills.Select(name => Objects.Create(ChaosMesh, "Schedule", $"kill-{name}", Component, new JsonObject
        {
            ["schedule"] = $"@every {Text(settings.KillEvery)}",
            ["concurrencyPolicy"] = "Forbid",
            ["historyLimit"] = 3,
            ["type"] = "PodChaos",
            ["podChaos"] = new JsonObject { ["action"] = "pod-kill", ["mode"] = "one", ["selector"] = Selector(name) },
        })),
        // Until the experiment is taken away.
        .. settings.Slow.Select(slow => Objects.Create(ChaosMesh, "NetworkChaos", $"slow-{slow.Key}", Component, new JsonObject
        {
            ["action"] = "delay",
            ["mode"] = "all",
            ["selector"] = Selector(slow.Key),
            ["direction"] = "to",
            ["delay"] = new JsonObject { ["latency"] = Text(slow.Value), ["jitter"] = Text(slow.Value / 5) },
        })),
    ];

    private static JsonObject Injection(Fault fault)
    {
        var injection = new JsonObject();
        if (fault.Delay is { } delay)
            injection["delay"] = new JsonObject { ["percentage"] = Percentage(delay.Share), ["fixedDelay"] = Text(delay.Time) };
        if (fault.Abort is { } abort)
            injection["abort"] = new JsonObject { ["percentage"] = Percentage(abort.Share), ["httpStatus"] = abort.Status };
        return injection;
    }

    // 10 is every tenth call: https://istio.io/latest/docs/reference/config/networking/virtual-service/#Percent
    private static JsonObject Percentage(double share) => new() { ["value"] = share };

    private static JsonObject Selector(string name) => new()
    {
        ["namespaces"] = new JsonArray(Names.Shop),
        ["labelSelectors"] = new JsonObject { [NameLabel] = name },
    };
}
