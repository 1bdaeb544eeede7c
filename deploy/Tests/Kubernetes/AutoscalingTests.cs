using System.Text.Json.Nodes;

namespace ShopFlow.Export.Tests.Kubernetes;

public sealed class AutoscalingTests
{
    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Every_metric_of_an_autoscaler_is_one_that_the_adapter_makes_of_one_that_exists(string environment)
    {
        var rules = Rules("custom").Concat(Rules("external")).ToArray();
        var made = rules.Select(rule => $"{rule["name"]!["as"]}").ToHashSet();
        var used = MetricsOf(await Overlays.BuildAsync(environment)).Select(metric => metric["pods"] ?? metric["external"]).OfType<JsonNode>().Select(metric => $"{metric["metric"]!["name"]}").ToArray();

        Assert.Equal(environment != "dev", used.Length > 0);
        Assert.All(used, name => Assert.Contains(name, made));
        Assert.All(rules.SelectMany(rule => MetricNames.In($"{rule["seriesQuery"]}")), MetricNames.AssertKnown);
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Replicas_are_added_between_the_memory_that_one_is_known_to_need_and_its_limit(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        foreach (var scaler in objects.Where(it => it.Kind == "HorizontalPodAutoscaler"))
        {
            var memory = objects.Single(it => $"{it}" == $"Deployment/{scaler.Name}").Containers.Single()["resources"]!;
            var target = (int)MetricsOf([scaler]).Single(metric => $"{metric["resource"]?["name"]}" == "memory")["resource"]!["target"]!["averageUtilization"]!;
            Assert.InRange(target, 101, (100 * Mebibytes(memory["limits"]!["memory"]!) / Mebibytes(memory["requests"]!["memory"]!)) - 1);
        }
    }

    [Fact]
    public async Task What_waits_for_a_service_is_counted_once_and_neither_dead_letters_nor_those_that_wait_for_another_try_are()
    {
        var query = $"{Rules("external").Single(rule => $"{rule["name"]!["as"]}" == "orders_queued_events")["metricsQuery"]}"
            .Replace("<<.Series>>", "rabbitmq_detailed_queue_messages_ready").Replace("<<.LabelMatchers>>", "namespace=\"shopflow\"");

        await Promtool.AssertAsync(query, 12,
        [
            "rabbitmq_detailed_queue_messages_ready{namespace='shopflow',pod='messaging-server-0',queue='orders.payment'} 5x40",
            "rabbitmq_detailed_queue_messages_ready{namespace='shopflow',pod='messaging-server-1',queue='orders.payment'} 5x40",
            "rabbitmq_detailed_queue_messages_ready{namespace='shopflow',pod='messaging-server-0',queue='orders.stock'} 7x40",
            "rabbitmq_detailed_queue_messages_ready{namespace='shopflow',pod='messaging-server-0',queue='orders.stock.dead'} 70x40",
            "rabbitmq_detailed_queue_messages_ready{namespace='shopflow',pod='messaging-server-0',queue='orders.stock.retry.5s'} 70x40",
            "rabbitmq_detailed_queue_messages_ready{namespace='shopflow',pod='messaging-server-0',queue='notifications.order'} 70x40",
        ]);
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task The_broker_is_asked_how_much_waits_in_each_queue(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var broker = objects.Single(it => it.Name == "messaging" && it.Kind is "StatefulSet" or "RabbitmqCluster");
        var template = broker.PodTemplate ?? broker.Spec["override"]!["statefulSet"]!["spec"]!["template"]!;

        Assert.Equal("15692", $"{template["metadata"]!["annotations"]!["prometheus.io/port"]}");
        Assert.Equal("/metrics/detailed?family=queue_coarse_metrics", $"{template["metadata"]!["annotations"]!["prometheus.io/path"]}");
    }

    [Fact]
    public async Task A_queue_of_a_service_that_has_none_is_refused()
    {
        var input = await AppHostManifest.InputAsync("dev");
        var settings = new Dictionary<string, string>(input.Settings);
        settings["dev.yaml"] = settings["dev.yaml"].Replace("gateway: {host: \"*\"}", "gateway: {host: \"*\", scaling: {queued: 10}}");

        var thrown = Assert.Throws<ExportException>(() => Exporter.Export(input with { Settings = settings }));
        Assert.Contains("nothing waits for it", Assert.Single(thrown.Problems).Message);
    }

    private static IEnumerable<JsonNode> MetricsOf(IEnumerable<KubernetesObject> objects) =>
        objects.Where(it => it.Kind == "HorizontalPodAutoscaler").SelectMany(it => it.Spec["metrics"]!.AsArray()).Select(metric => metric!);

    private static IEnumerable<JsonNode> Rules(string kind) =>
        KubernetesObject.Parse(Repository.Text("deploy/kubernetes/cluster/prometheus-adapter.yaml")).Single().Json["rules"]![kind]!.AsArray().Select(rule => rule!);

    private static int Mebibytes(JsonNode quantity) => int.Parse($"{quantity}".Replace("Mi", ""), null);
}
