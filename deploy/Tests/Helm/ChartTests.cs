using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ShopFlow.Export.Tests.Kubernetes;

namespace ShopFlow.Export.Tests.Helm;

public sealed partial class ChartTests
{
    [Fact]
    public async Task What_is_committed_is_what_the_model_gives()
    {
        var committed = Directory.EnumerateFiles(HelmChart.Folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(HelmChart.Folder, path).Replace('\\', '/'), File.ReadAllText);

        var difference = FileDifference.Between(committed, Exporter.Chart(await AppHostManifest.InputAsync())).Take(40).ToArray();

        Assert.True(difference.Length == 0, $"deploy/helm is stale: run ./shopflow export and commit what it writes.\n{string.Join('\n', difference)}");
    }

    /// <remarks>A setting that an environment has, and the chart no value for, shows here: see ChartSettings.</remarks>
    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task The_chart_installs_what_kustomize_applies(string environment)
    {
        var (applied, installed) = (Comparable(await Overlays.BuildAsync(environment)), Comparable(HelmChart.Render(environment)));

        // It has to be there before a release can be.
        Assert.True(applied.Remove("Namespace/shopflow"));
        var difference = FileDifference.Between(applied, installed).Take(40).ToArray();
        Assert.True(difference.Length == 0, string.Join('\n', difference));
    }

    [Theory]
    [InlineData("dev", "servers.postgresql.storage", "\"7Gi\"", "StatefulSet/ordersdb-postgres", "storage: \"7Gi\"")]
    [InlineData("dev", "version", "\"2.7.1_b\"", "Job/orders-migration", "image: registry.shop.example/shopflow/orders:2.7.1_b")]
    [InlineData("production", "services.orders.replicas.max", "33", "HorizontalPodAutoscaler/orders", "maxReplicas: 33")]
    [InlineData("production", "domain", "\"elsewhere.example\"", "VirtualService/gateway-from-internet", "- api.elsewhere.example")]
    [InlineData("production", "services.paymentSandbox.host", "\"bank\"", "Certificate/shop", "- bank.shop.example")]
    public void A_value_reaches_the_object_that_it_is_about(string environment, string path, string json, string expected, string text)
    {
        var values = HelmChart.ValuesOf(environment);
        HelmChart.Set(values, path, json);

        Assert.Contains(text, Comparable(HelmChart.Render(values))[expected]);
    }

    [Theory]
    [InlineData("services.orders.replicas.min", "50", "services.orders.replicas.min is more than max")]
    [InlineData("servers.run", "\"operators\"", "operators take passwords")]
    [InlineData("services.gateway.host", "\"*\"", "a certificate needs a name")]
    public void Values_that_do_not_go_together_are_refused(string path, string json, string message)
    {
        var values = HelmChart.ValuesOf("dev");
        values["plainHttp"] = false;
        values["services"]!["gateway"]!["host"] = "api";
        HelmChart.Set(values, path, json);

        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => HelmChart.Render(values)).Message);
    }

    [Fact]
    public void A_release_elsewhere_than_in_the_shops_namespace_is_refused() =>
        Assert.Contains("--namespace shopflow", Assert.Throws<InvalidOperationException>(() => HelmChart.Render(HelmChart.ValuesOf("dev"), "default")).Message);

    [Fact]
    public void Operators_need_to_be_told_where_backups_go()
    {
        var values = HelmChart.ValuesOf("production");
        values["servers"]!["backups"] = "";

        Assert.Contains("servers.backups is missing", Assert.Throws<InvalidOperationException>(() => HelmChart.Render(values)).Message);
    }

    [Fact]
    public void Jobs_are_no_hooks_and_each_revision_has_its_own()
    {
        var jobs = HelmChart.Render("dev").Where(it => it.Kind == "Job").ToArray();

        Assert.NotEmpty(jobs);
        Assert.All(jobs, job => Assert.EndsWith("-r1", job.Name));
        Assert.DoesNotContain(jobs, job => $"{job.Json}".Contains("helm.sh/hook"));
    }

    /// <summary>The objects by kind and name, as text that is alike where they are alike.</summary>
    /// <remarks>
    /// What may differ is left out: what kustomize and the chart append to names, the version that kustomize labels more than pods with, checksums,
    /// and what tells helm to leave an object alone.
    /// </remarks>
    internal static Dictionary<string, string> Comparable(IEnumerable<KubernetesObject> objects) =>
        objects.ToDictionary(it => WithoutSuffix($"{it}"), it => WithoutSuffix(Kustomize.YamlWriter.Write(Sorted(WithoutVersion(it.Json)))));

    private static JsonObject WithoutVersion(JsonObject it)
    {
        var copy = it.DeepClone().AsObject();
        foreach (var label in Kustomize.Kustomization.VersionLabels)
            copy["metadata"]!["labels"]?.AsObject().Remove(label);
        return copy;
    }

    private static JsonObject Sorted(JsonObject members)
    {
        var sorted = new JsonObject();
        foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
            if (!name.StartsWith("checksum/", StringComparison.Ordinal) && name != "helm.sh/resource-policy" && Sorted(value) is var inner && !(name == "annotations" && inner is JsonObject { Count: 0 }))
                sorted[name] = inner;
        return sorted;
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => Sorted(members),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static string WithoutSuffix(string text) => JobName().Replace(ConfigMapName().Replace(text, "$1"), "$1");

    // kustomize appends a hash.
    [GeneratedRegex(@"(?<=ConfigMap/|name: )([a-z0-9-]+)-[bcdfghkmt2456789]{10}$", RegexOptions.Multiline)]
    private static partial Regex ConfigMapName();

    // The overlays append the version, the chart the revision.
    [GeneratedRegex("""(?<=Job/|name: )"?([a-z0-9-]+?)-(0-1-0|r1|r⟨.*⟩"?)$""", RegexOptions.Multiline)]
    private static partial Regex JobName();
}
