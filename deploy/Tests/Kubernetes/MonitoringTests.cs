using System.Text.Json.Nodes;

namespace ShopFlow.Export.Tests.Kubernetes;

public sealed class MonitoringTests
{
    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Prometheus_is_let_in_where_it_is_told_to_look(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var endpoint = objects.Single(it => it.Kind == "PodMonitor").Spec["podMetricsEndpoints"]!.AsArray().Single()!;
        var port = $"{endpoint["relabelings"]![0]!["replacement"]}".Split(':')[1];

        var rule = objects.Single(it => $"{it}" == "NetworkPolicy/platform").Spec["ingress"]!.AsArray().Single()!;
        Assert.Equal(port, $"{rule["ports"]!.AsArray().Single()!["port"]}");
        Assert.Equal("monitoring", $"{rule["from"]![0]!["namespaceSelector"]!["matchLabels"]!.AsObject().Single().Value}");
        // The proxy fetches what the program says from where the pod says that it is.
        Assert.All(
            objects.Where(it => it.Kind == "Deployment"),
            it => Assert.Contains($"{Annotation(it, "port")}", it.Containers.Single()["ports"]!.AsArray().Select(open => $"{open!["containerPort"]}")));
    }

    private static JsonNode? Annotation(KubernetesObject owner, string name) => owner.PodTemplate!["metadata"]!["annotations"]![$"prometheus.io/{name}"];
}
