using System.Text.Json.Nodes;

namespace ShopFlow.Export.Tests.Kubernetes;

public sealed class GameDayTests
{
    [Theory]
    [MemberData(nameof(Overlays.GameDays), MemberType = typeof(Overlays))]
    public async Task A_share_of_ten_percent_is_every_tenth_call(string environment)
    {
        var faults = FaultsOf("catalog", await Overlays.BuildAsync(environment));

        Assert.Equal(2, faults.Count);
        Assert.All(faults, fault => Assert.Equal("""{"delay":{"fixedDelay":"2s","percentage":{"value":10}}}""", fault.ToJsonString()));
    }

    [Theory]
    [MemberData(nameof(Overlays.GameDays), MemberType = typeof(Overlays))]
    public async Task It_breaks_what_is_stated_and_is_the_environment_otherwise(string environment)
    {
        var usual = (await Overlays.BuildAsync(environment.Replace("-gameday", ""))).ToDictionary(it => $"{it}", it => it.Json.ToJsonString());
        var broken = (await Overlays.BuildAsync(environment)).ToDictionary(it => $"{it}", it => it.Json.ToJsonString());

        Assert.Equal(
            ["NetworkChaos/slow-ordersdb-postgres", "Schedule/kill-gateway", "Schedule/kill-messaging", "Schedule/kill-orders", "Schedule/kill-payments"],
            broken.Keys.Except(usual.Keys).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["VirtualService/cart", "VirtualService/catalog", "VirtualService/payment-sandbox"],
            usual.Where(it => broken[it.Key] != it.Value).Select(it => it.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Overlays.GameDays), MemberType = typeof(Overlays))]
    public async Task Every_experiment_finds_pods_of_the_shop(string environment)
    {
        var objects = (await Overlays.BuildAsync(environment)).WithWhatTheyMake();
        var experiments = objects.Where(it => it.ApiVersion.StartsWith("chaos-mesh", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(experiments);
        foreach (var selector in experiments.Select(it => it.Spec["selector"] ?? it.Spec["podChaos"]!["selector"]!))
        {
            Assert.Equal("""["shopflow"]""", selector["namespaces"]!.ToJsonString());
            var pods = new JsonObject { ["matchLabels"] = selector["labelSelectors"]!.DeepClone() };
            Assert.Contains(objects.Where(it => it.PodTemplate is not null), it => KubernetesObject.Selects(pods, it.PodLabels));
        }
    }

    [Theory]
    [InlineData("share: 10%", "share: 0.1", "'0.1' is no share")]
    [InlineData("share: 10%", "share: 110%", "'110%' is no share")]
    [InlineData("status: 503", "status: 200", "must be a number from 400 to 599")]
    [InlineData("time: 2s", "time: soon", "'soon' is no duration")]
    [InlineData("pods: [orders", "pods: [ordrs", "the model has no ordrs")]
    [InlineData("slow: {ordersdb-postgres", "slow: {orderdb", "the model has nothing of that name")]
    public async Task A_fault_that_nobody_can_mean_is_refused(string found, string replacement, string message)
    {
        var input = await AppHostManifest.InputAsync("dev");
        var common = input.Settings["common.yaml"];
        Assert.Contains(found, common);

        var thrown = Assert.Throws<ExportException>(() => Exporter.Export(input with
        {
            Settings = new Dictionary<string, string>(input.Settings) { ["common.yaml"] = common.Replace(found, replacement) },
        }));
        Assert.Contains(thrown.Problems, problem => problem.Message.Contains(message));
    }

    private static IReadOnlyList<JsonNode> FaultsOf(string service, IEnumerable<KubernetesObject> objects) =>
        [.. objects.Single(it => $"{it}" == $"VirtualService/{service}").Spec["http"]!.AsArray().Select(http => http!["fault"]).OfType<JsonNode>()];
}
