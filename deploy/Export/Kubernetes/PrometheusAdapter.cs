using System.Text.Json.Nodes;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>What the Prometheus adapter has to know so that autoscalers find their metrics: values of its chart, for it belongs to the cluster.</summary>
internal static class PrometheusAdapter
{
    public static JsonObject Values(ShopModel model)
    {
        var consumers = model.Services.Where(model.UsesBroker).Select(service => service.Name);
        return new JsonObject
        {
            ["prometheus"] = new JsonObject { ["url"] = Names.Prometheus, ["port"] = Names.PrometheusPort },
            ["rules"] = new JsonObject
            {
                ["default"] = false,
                ["custom"] = new JsonArray(Rule(
                    Metrics.Durations + "_count", """pod!="" """.TrimEnd(), Autoscaling.RequestRate, "sum by (<<.GroupBy>>) (rate(<<.Series>>{<<.LabelMatchers>>}[2m]))")),
                // A queue is told by each node that has a part of it.
                ["external"] = List(consumers.Order(StringComparer.Ordinal).Select(service => Rule(
                    Metrics.QueueReady, Queues(service), Autoscaling.QueueDepth(service), $"sum(max by (queue) (<<.Series>>{{<<.LabelMatchers>>,{Queues(service)}}}))"))),
            },
        };
    }

    // Its own, without those for letters that wait for another try or for a person: see docs/messaging.md.
    private static string Queues(string service) => $$"""queue=~"{{service}}\\..+",queue!~".+\\.(dead|retry\\..+)" """.TrimEnd();

    private static JsonObject Rule(string series, string labels, string name, string query) => new()
    {
        ["seriesQuery"] = $"{series}{{namespace=\"{Names.Shop}\",{labels}}}",
        ["resources"] = new JsonObject
        {
            ["overrides"] = new JsonObject
            {
                ["namespace"] = new JsonObject { ["resource"] = "namespace" },
                ["pod"] = new JsonObject { ["resource"] = "pod" },
            },
        },
        ["name"] = new JsonObject { ["matches"] = $"^{series}$", ["as"] = name },
        ["metricsQuery"] = query,
    };
}
