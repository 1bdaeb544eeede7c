using System.Globalization;
using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>What a new version may not do while it takes over: fail, or be slow, more than the service's limits allow; or go unseen.</summary>
internal static class RolloutAnalysis
{
    public const string Traffic = "new-version";
    public const string TrafficAfterPromotion = "new-version-after-promotion";

    /// <summary>How long <see cref="TrafficAfterPromotion"/> looks.</summary>
    public const int SecondsAfterPromotion = 300;

    private const int Interval = 60;

    // ReplicaSets of a Rollout, and their pods, are named after the hash of their template.
    private const string Pods = $"namespace=\"{Names.Shop}\",pod=~\"{{{{args.service}}}}-{{{{args.hash}}}}-.+\"";

    /// <param name="services">Those that roll out so.</param>
    /// <param name="streams">Routes whose answers last as long as somebody listens.</param>
    public static IEnumerable<JsonObject> Create(IReadOnlyCollection<ServiceSettings> services, IReadOnlyCollection<string> streams)
    {
        if (services.Any(service => service.Rollout == RolloutKind.Canary))
            yield return Template(Traffic, count: null, streams);
        if (services.Any(service => service.Rollout == RolloutKind.BlueGreen))
            yield return Template(TrafficAfterPromotion, SecondsAfterPromotion / Interval, streams);
    }

    /// <summary>The analysis of one service's new pods.</summary>
    public static JsonObject Of(Service service, ServiceSettings own, string template, int? startingStep = null)
    {
        var analysis = new JsonObject { ["templates"] = Rollouts.Templates(template) };
        if (startingStep is { } step)
            analysis["startingStep"] = step;
        analysis["args"] = new JsonArray(
            new JsonObject { ["name"] = "service", ["value"] = service.Name },
            new JsonObject { ["name"] = "hash", ["valueFrom"] = new JsonObject { ["podTemplateHashValue"] = "Latest" } },
            new JsonObject { ["name"] = "errors", ["value"] = Number(own.Limits.Errors / 100) },
            new JsonObject { ["name"] = "seconds", ["value"] = Number(own.Limits.P99.TotalSeconds) });
        return analysis;
    }

    private static JsonObject Template(string name, int? count, IReadOnlyCollection<string> streams)
    {
        var endless = streams.Count == 0 ? "" : $",http_route!~\"{string.Join('|', streams.Select(Escape))}\"";
        return Objects.Create(Rollouts.Api, "AnalysisTemplate", name, Tenancy.Component, new JsonObject
        {
            ["args"] = List(new[] { "service", "hash", "errors", "seconds" }.Select(argument => new JsonObject { ["name"] = argument })),
            ["metrics"] = new JsonArray(
                // What nobody measures may not go on.
                Metric("seen", count, "len(result) > 0 && result[0] > 0", $"count({Metrics.Memory}{{{Pods}}})"),
                // A proxy counts what its program leaves unanswered too. Without requests there is nothing to divide.
                Metric(
                    "errors",
                    count,
                    "len(result) == 0 || isNaN(result[0]) || result[0] <= {{args.errors}}",
                    $$"""(sum(rate({{Metrics.Answered}}{reporter="destination",{{Pods}},response_code=~"5.."}[2m])) or vector(0)) / sum(rate({{Metrics.Answered}}{reporter="destination",{{Pods}}}[2m]))"""),
                Metric(
                    "p99",
                    count,
                    "len(result) == 0 || isNaN(result[0]) || result[0] <= {{args.seconds}}",
                    $$"""histogram_quantile(0.99, sum by (le) (rate({{Metrics.Durations}}_bucket{{{Pods}}{{endless}}}[2m])))""")),
        });
    }

    private static JsonObject Metric(string name, int? count, string success, string query)
    {
        var metric = new JsonObject { ["name"] = name, ["initialDelay"] = $"{Interval}s", ["interval"] = $"{Interval}s" };
        if (count is not null)
            metric["count"] = count;
        // One bad minute is forgiven, two are not.
        metric["failureLimit"] = 1;
        metric["successCondition"] = success;
        metric["provider"] = new JsonObject { ["prometheus"] = new JsonObject { ["address"] = $"{Names.Prometheus}:{Names.PrometheusPort}", ["timeout"] = 20, ["query"] = query } };
        return metric;
    }

    // In a string of PromQL.
    private static string Escape(string route) => Ingress.Pattern(route).Replace(@"\", @"\\");

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
