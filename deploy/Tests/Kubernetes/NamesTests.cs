using System.Text.Json.Nodes;
using ShopFlow.Export.Kubernetes;

namespace ShopFlow.Export.Tests.Kubernetes;

public sealed class NamesTests
{
    // Kubernetes makes labels of the names of Jobs and Services.
    private const int Longest = 63;

    [Fact]
    public async Task The_longest_version_gives_Jobs_names_that_fit_into_a_label_and_tell_it_from_others()
    {
        async Task<string[]> JobsOf(string version) =>
            [.. (await Overlays.BuildAsync(await AppHostManifest.InputAsync("dev") with { Version = version })).Where(it => it.Kind == "Job" && it.Name.Contains("-migration-")).Select(it => it.Name)];

        var (one, another) = (await JobsOf(new string('a', Longest)), await JobsOf(new string('a', Longest - 1) + "b"));

        Assert.NotEmpty(one);
        Assert.All(one, name => Assert.InRange(name.Length, 1, Longest));
        Assert.Empty(one.Intersect(another));
    }

    [Fact]
    public void The_longest_service_gives_names_that_fit_into_a_label_and_tell_it_from_others()
    {
        static string[] NamesOf(string service) => [Names.Preview(service), Names.PreviewCheck(service), Names.DatabaseCluster(service), Names.Migration(service) + Names.EndOfJob(new string('1', Longest))];

        var (one, another) = (NamesOf(new string('a', Longest)), NamesOf(new string('a', Longest - 1) + "b"));

        Assert.All(one, name => Assert.InRange(name.Length, 1, Longest));
        Assert.Empty(one.Intersect(another));
    }

    /// <remarks>Kubernetes refuses to change the pod of a Job that is there.</remarks>
    [Fact]
    public async Task The_Job_that_makes_secrets_is_another_one_when_it_makes_others()
    {
        var input = await AppHostManifest.InputAsync("dev");
        var manifest = JsonNode.Parse(input.Manifest)!;
        manifest["resources"]!["extra-key"] = JsonNode.Parse("""{"type": "parameter.v0", "value": "{extra-key.inputs.value}", "inputs": {"value": {"type": "string", "secret": true} } }""");

        var (before, again, after) = (NameOf(input), NameOf(input), NameOf(input with { Manifest = manifest.ToJsonString() }));

        Assert.Equal(before, again);
        Assert.NotEqual(before, after);

        static string NameOf(ExportInput input) => Assert.Single(
            Exporter.Export(input).Where(file => file.Key.StartsWith("overlays/dev/secrets/job-", StringComparison.Ordinal)).SelectMany(file => KubernetesObject.Parse(file.Value))).Name;
    }
}
