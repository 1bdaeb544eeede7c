using ShopFlow.Export.Tests.Kubernetes;

namespace ShopFlow.Export.Tests.Helm;

/// <summary>The same as the other tests of the chart, by helm itself.</summary>
public sealed class HelmCommandTests
{
    private static string Helm
    {
        get
        {
            var helm = Tool.Find("helm");
            Assert.SkipWhen(helm is null, "helm is not installed; https://helm.sh/docs/intro/install says how to get it.");
            return helm;
        }
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Helm_has_nothing_against_the_chart(string environment)
    {
        var (exitCode, output, errors) = await Tool.RunAsync(Helm, "lint", HelmChart.Folder, "--strict", "--namespace", "shopflow", "--values", ValuesFile(environment));

        Assert.True(exitCode == 0, output + errors);
        Assert.DoesNotContain("[WARNING]", output);
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Helm_renders_what_the_tests_render(string environment)
    {
        var (exitCode, yaml, errors) = await Tool.RunAsync(Helm, "template", "shopflow", HelmChart.Folder, "--namespace", "shopflow", "--values", ValuesFile(environment));

        Assert.True(exitCode == 0, errors);
        // A template that makes no object leaves its header.
        var rendered = yaml.Split("---\n").Where(document => document.Contains("\nkind: ")).SelectMany(KubernetesObject.Parse);
        var difference = FileDifference.Between(ChartTests.Comparable(HelmChart.Render(environment)), ChartTests.Comparable(rendered)).Take(40).ToArray();
        Assert.True(difference.Length == 0, string.Join('\n', difference));
    }

    [Theory]
    [InlineData("services.orders.replicas.min=0", "services.orders.replicas.min")]
    [InlineData("services.orders.colour=red", "colour")]
    [InlineData("secrets.from=file", "secrets.from")]
    [InlineData("services.orders.replicas.min=50", "services.orders.replicas.min is more than max")]
    public async Task Helm_refuses_a_wrong_value_with_its_name(string value, string name)
    {
        var (exitCode, _, errors) = await Tool.RunAsync(
            Helm, "template", "shopflow", HelmChart.Folder, "--namespace", "shopflow", "--values", ValuesFile("production"), "--set", value);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(name, errors);
    }

    private static string ValuesFile(string environment) => Path.Combine(HelmChart.Folder, $"values-{environment}.yaml");
}
