using System.Text.Json.Nodes;
using ShopFlow.Flags;

namespace ShopFlow.Export.Tests.Kubernetes;

public sealed class FeatureFlagTests
{
    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task All_services_mount_one_ConfigMap_as_a_folder_that_only_the_cluster_changes(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var services = objects.Where(it => it.Kind is "Deployment" or "StatefulSet" && it.PodLabels["app.kubernetes.io/component"] == "service").ToArray();

        Assert.Single(objects, it => $"{it}" == "ConfigMap/flags");
        Assert.Equal(11, services.Length);
        foreach (var container in services.Select(it => it.Containers.Single()))
        {
            var mount = container["volumeMounts"]!.AsArray().Single(it => $"{it!["name"]}" == "flags")!.AsObject();
            Assert.Equal("""{"mountPath":"/etc/shopflow/flags","name":"flags","readOnly":true}""", mount.ToJsonString());
        }
    }

    [Fact]
    public async Task It_holds_every_flag_as_its_default_or_as_the_environment_says()
    {
        var input = await AppHostManifest.InputAsync("dev");
        var settings = new Dictionary<string, string>(input.Settings);
        settings["dev.yaml"] += "\nflags: {guestCheckout: off, searchSlow: 20%}\n";

        var data = KubernetesObject.Parse(Exporter.Export(input with { Settings = settings })["overlays/dev/flags/config-map.yaml"]).Single().Json["data"]!;

        var flags = JsonNode.Parse($"{data["flags.json"]}")!["FeatureManagement"]!.AsObject();
        Assert.Equal(Flag.All.Select(flag => flag.Name).Order(), flags.Select(flag => flag.Key).Order());
        Assert.True((bool)flags[Flag.Promotions]!);
        Assert.False((bool)flags[Flag.GuestCheckout]!);
        Assert.Equal(20, (int)flags[Flag.SearchSlow]!["EnabledFor"]![0]!["Parameters"]!["Value"]!);
    }

    [Theory]
    [InlineData("searchSlow: fast", "must be on, off")]
    [InlineData("serchSlow: on", "there is no such flag")]
    public async Task A_flag_that_nobody_knows_or_understands_is_refused(string flag, string message)
    {
        var input = await AppHostManifest.InputAsync("dev");
        var settings = new Dictionary<string, string>(input.Settings);
        settings["dev.yaml"] += $"\nflags: {{{flag}}}\n";

        var thrown = Assert.Throws<ExportException>(() => Exporter.Export(input with { Settings = settings }));
        Assert.Contains(message, Assert.Single(thrown.Problems).Message);
    }
}
