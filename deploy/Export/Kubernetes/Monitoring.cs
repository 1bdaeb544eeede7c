using System.Text.Json.Nodes;

namespace ShopFlow.Export.Kubernetes;

/// <summary>Where Prometheus' operator finds the metrics of the shop's pods.</summary>
internal static class Monitoring
{
    // Each proxy has this port; its neighbour gives the metrics of the program beside it too.
    private const string ProxyPort = "http-envoy-prom";

    public static JsonObject Create() => Objects.Create("monitoring.coreos.com/v1", "PodMonitor", Names.Shop, Tenancy.Component, new JsonObject
    {
        ["selector"] = new JsonObject(),
        ["podMetricsEndpoints"] = new JsonArray(new JsonObject
        {
            ["port"] = ProxyPort,
            ["path"] = "/stats/prometheus",
            ["interval"] = "15s",
            ["relabelings"] = new JsonArray(new JsonObject
            {
                ["sourceLabels"] = new JsonArray("__address__"),
                ["regex"] = @"([^:]+)(:\d+)?",
                ["replacement"] = $"$1:{NetworkRules.MergedMetricsPort}",
                ["targetLabel"] = "__address__",
            }),
        }),
    });
}
