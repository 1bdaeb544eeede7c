using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ShopFlow.Export.Kustomize;
using ShopFlow.Export.Tests.Comparison;

namespace ShopFlow.Export.Tests;

public sealed partial class WorkflowTests
{
    public static TheoryData<string> All => [.. Directory.EnumerateFiles(Repository.Path(".github/workflows")).Select(path => $".github/workflows/{Path.GetFileName(path)}")];

    [Theory]
    [MemberData(nameof(All))]
    public void A_workflow_may_read_only_is_not_run_twice_and_has_an_end(string file)
    {
        var workflow = Read(file);

        Assert.Equal("""{"contents":"read"}""", workflow["permissions"]!.ToJsonString());
        Assert.NotNull(workflow["concurrency"]!["group"]);
        Assert.All(workflow["jobs"]!.AsObject(), job => Assert.InRange(job.Value!["timeout-minutes"]!.GetValue<int>(), 1, 60));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_action_is_pinned_to_a_commit_whose_version_is_beside_it(string file) => Assert.All(
        Repository.Text(file).Split('\n').Where(line => line.Contains("uses:")),
        line => Assert.Matches(@"uses: [a-z-]+/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+$", line));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_command_and_path_that_a_workflow_names_exists(string file)
    {
        Assert.All(Commands(file), Documented.CommandExists);
        Assert.All(Patterns(Read(file)), pattern => Assert.True(MatchesSomething(pattern), $"{pattern} is the path of nothing."));
    }

    [Fact]
    public void The_workflow_calls_aspirate_as_the_test_does()
    {
        var lines = Commands(".github/workflows/manifests.yaml").ToArray();

        Assert.Contains($"dotnet tool install aspirate --version {Aspirate.Version} --tool-path .shopflow/tools", lines);
        Assert.Equal(Options(string.Join(' ', Aspirate.Options("manifest", "registry", "tag"))), Options(lines.Single(line => line.Contains("aspirate generate"))));
    }

    [Fact]
    public void Continuous_integration_runs_the_command_that_the_README_gives()
    {
        Assert.Contains("    ./shopflow test ", Repository.Text("README.md"));
        Assert.Contains("./shopflow test", Commands(".github/workflows/ci.yaml"));
    }

    private static JsonObject Read(string file) => Assert.Single(YamlReader.Read(Repository.Text(file)));

    private static IEnumerable<string> Commands(string file) => Read(file)["jobs"]!.AsObject()
        .SelectMany(job => job.Value!["steps"]!.AsArray())
        .SelectMany(step => $"{step!["run"]}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static IEnumerable<string> Patterns(JsonObject workflow) =>
        workflow["on"]!.AsObject().SelectMany(cause => (cause.Value as JsonObject)?["paths"]?.AsArray() ?? []).Select(pattern => $"{pattern}");

    private static bool MatchesSomething(string pattern)
    {
        var folder = pattern.Split('*')[0];
        return Directory.Exists(Repository.Path(folder)) || File.Exists(Repository.Path(folder))
            || Directory.EnumerateFiles(Repository.Path(Path.GetDirectoryName(folder)!), $"{Path.GetFileName(folder)}*").Any();
    }

    private static IEnumerable<string> Options(string line) => OptionForm().Matches(line).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"--[a-z-]+( (false|kustomize|IfNotPresent|shopflow)\b)?")]
    private static partial Regex OptionForm();
}
