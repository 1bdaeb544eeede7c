using System.Text.Json.Nodes;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>The search as it would be in staging if it changed over at once.</summary>
public sealed class BlueGreenTests
{
    [Fact]
    public async Task It_is_as_valid_as_every_other_environment()
    {
        var objects = await BuildAsync();

        Assert.Empty(objects.SelectMany(SchemaTests.Validator.Errors));
    }

    [Fact]
    public async Task The_next_version_is_asked_before_it_takes_over_and_watched_after_it()
    {
        var objects = await BuildAsync();
        var strategy = Find(objects, "Rollout/search").Spec["strategy"]!["blueGreen"]!;
        var active = Find(objects, $"Service/{strategy["activeService"]}");
        var preview = Find(objects, $"Service/{strategy["previewService"]}");

        // Argo Rollouts adds the version to their selectors.
        Assert.Equal(active.Spec["selector"]!.ToJsonString(), preview.Spec["selector"]!.ToJsonString());
        Assert.Equal(active.Spec["ports"]!.ToJsonString(), preview.Spec["ports"]!.ToJsonString());
        foreach (var analysis in new[] { strategy["prePromotionAnalysis"]!, strategy["postPromotionAnalysis"]! })
            Find(objects, $"AnalysisTemplate/{analysis["templates"]![0]!["templateName"]}");
        Assert.All(Find(objects, "AnalysisTemplate/new-version-after-promotion").Spec["metrics"]!.AsArray(), metric => Assert.Equal(5, (int)metric!["count"]!));
        Assert.True((int)strategy["scaleDownDelaySeconds"]! > 5 * 60);
    }

    [Fact]
    public async Task The_check_reaches_the_next_version_and_nobody_else_and_is_as_locked_up_as_every_pod()
    {
        var objects = await BuildAsync();
        var spec = Find(objects, "AnalysisTemplate/search-preview-check").Spec["metrics"]![0]!["provider"]!["job"]!["spec"]!;
        var check = new KubernetesObject(new JsonObject
        {
            ["apiVersion"] = "batch/v1", ["kind"] = "Job", ["metadata"] = new JsonObject { ["name"] = "search-preview-check" }, ["spec"] = spec.DeepClone(),
        });
        var traffic = new Traffic([.. objects.WithWhatTheyMake(), check]);
        var search = traffic.Workloads.Single(it => it.Name == "search");

        Assert.Empty(SchemaTests.Validator.Errors(check));
        Assert.Equal(["search"], traffic.Workloads.Where(to => Traffic.PortsOf(to).Any(port => traffic.NetworkAllows(check, to, port))).Select(it => it.Name));
        Assert.True(traffic.MeshAllows(check, search, 8080, path: "/health/ready"));
        Assert.False(traffic.MeshAllows(check, search, 8080, path: "/search"));
        Assert.Contains(check.Containers.Single()["args"]!.AsArray(), argument => $"{argument}" == "http://search-preview.shopflow.svc.cluster.local:8080/health/ready");
        Assert.True((bool)check.Containers.Single()["securityContext"]!["readOnlyRootFilesystem"]!);
        Assert.Contains($"ServiceAccount/{check.PodTemplate!["spec"]!["serviceAccountName"]}", objects.Select(it => $"{it}"));
    }

    [Fact]
    public async Task Testers_reach_the_next_version_through_every_caller()
    {
        var objects = await BuildAsync();
        var first = Find(objects, "VirtualService/search").Spec["http"]![0]!;

        Assert.Equal("x-shopflow-next", first["match"]![0]!["headers"]!.AsObject().Single().Key);
        Assert.Equal("search-preview.shopflow.svc.cluster.local", $"{first["route"]![0]!["destination"]!["host"]}");
        Assert.Contains(Find(objects, "Sidecar/gateway").Spec["egress"]![0]!["hosts"]!.AsArray(), host => $"{host}" == "./search-preview.shopflow.svc.cluster.local");
    }

    [Fact]
    public async Task A_service_that_cannot_run_beside_its_next_version_is_refused()
    {
        var input = await AppHostManifest.InputAsync("staging");
        var settings = new Dictionary<string, string>(input.Settings);
        settings["common.yaml"] = settings["common.yaml"].Replace("    rollout: rolling\n", "    rollout: blueGreen\n");

        var thrown = Assert.Throws<ExportException>(() => Exporter.Export(input with { Settings = settings }));
        Assert.Contains(thrown.Problems, problem => problem.Field.EndsWith("rollout", StringComparison.Ordinal) && problem.Message.Contains("must be rolling"));
    }

    private static KubernetesObject Find(IEnumerable<KubernetesObject> objects, string name) => objects.Single(it => $"{it}" == name);

    private static async Task<IReadOnlyList<KubernetesObject>> BuildAsync()
    {
        var input = await AppHostManifest.InputAsync("staging");
        var settings = new Dictionary<string, string>(input.Settings);
        settings["common.yaml"] = settings["common.yaml"].Replace("  search: {}\n", "  search: {rollout: blueGreen}\n");
        return await Overlays.BuildAsync(Exporter.Export(input with { Settings = settings }), "staging");
    }
}
