using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ShopFlow.Export.Tests.Kubernetes;

namespace ShopFlow.Export.Tests;

/// <summary>What older systems of this kind claim of their files and do not have; docs/claims.md lists it, with the tests of the other claims.</summary>
public sealed partial class SeedClaimsTests
{
    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task The_circuit_breaker_never_ejects_all_hosts(string environment)
    {
        var detections = Of("DestinationRule", await Overlays.BuildAsync(environment)).Select(it => it.Spec["trafficPolicy"]!["outlierDetection"]).OfType<JsonNode>().ToArray();

        Assert.NotEmpty(detections);
        Assert.All(detections, it =>
        {
            Assert.InRange(it["consecutive5xxErrors"]!.GetValue<int>(), 3, 20);
            Assert.InRange(it["maxEjectionPercent"]!.GetValue<int>(), 1, 50);
        });
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task No_policy_admits_just_anyone(string environment)
    {
        var policies = Of("AuthorizationPolicy", await Overlays.BuildAsync(environment)).ToArray();

        // One without a selector and without rules: what no other rule admits is denied.
        Assert.Single(policies, policy => (policy.Json["spec"] as JsonObject ?? []).Count == 0);
        var sources = policies
            .SelectMany(policy => policy.Json["spec"]?["rules"]?.AsArray() ?? [])
            .Select(rule => rule!["from"]!.AsArray().Select(from => from!["source"]!["principals"]!.AsArray().Select(principal => $"{principal}").ToArray()));
        Assert.All(sources.SelectMany(from => from), principals =>
        {
            Assert.NotEmpty(principals);
            Assert.All(principals, principal => Assert.DoesNotContain('*', principal));
        });
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Every_service_runs_as_its_own_account(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var accounts = objects.Where(it => it.PodTemplate is not null && it.Kind != "Job").Select(it => (it.Name, Account: $"{it.PodTemplate!["spec"]!["serviceAccountName"]}")).ToArray();

        Assert.NotEmpty(accounts);
        Assert.All(accounts, it => Assert.Equal(it.Name, it.Account));
        Assert.Subset(Of("ServiceAccount", objects).Select(it => it.Name).ToHashSet(), accounts.Select(it => it.Account).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Mutual_TLS_is_strict_for_everyone(string environment)
    {
        var authentication = Assert.Single(Of("PeerAuthentication", await Overlays.BuildAsync(environment)));

        Assert.Equal("""{"mtls":{"mode":"STRICT"}}""", authentication.Spec.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task An_HPA_exists_for_every_service(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var scaled = Of("HorizontalPodAutoscaler", objects).Select(it => $"{it.Spec["scaleTargetRef"]!["name"]}").ToHashSet();
        // What keeps something on a disk of its own has one replica: a second would not know of it.
        var alone = Of("StatefulSet", objects).Select(it => it.Name);

        Assert.Equal(Projects(await AppHostManifest.TextAsync()).Except(alone).Order(), scaled.Order());
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task A_roll_out_can_be_rolled_back_with_the_configuration_that_it_had(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var services = Projects(await AppHostManifest.TextAsync()).ToHashSet();
        var owners = objects.Where(it => services.Contains(it.Name) && it.PodTemplate is not null).ToArray();

        Assert.Equal(services.Count, owners.Length);
        foreach (var owner in owners)
        {
            Assert.True(owner.Kind == "StatefulSet" || owner.Spec["revisionHistoryLimit"]!.GetValue<int>() > 1, $"{owner}");
            var container = Assert.Single(owner.Containers, it => $"{it["name"]}" == owner.Name);
            Assert.Matches(@":\d+\.\d+\.\d+$", $"{container["image"]}");
            Assert.All(container["envFrom"]!.AsArray(), source => Assert.Matches("-[a-z0-9]{10}$", $"{source!["configMapRef"]!["name"]}"));
        }
    }

    [Fact]
    public void No_secret_is_in_git()
    {
        var files = Tracked().Where(path => !Binary().IsMatch(path)).Select(path => (Path: path, Text: Repository.Text(path))).ToArray();

        Assert.True(files.Length > 500, $"git tells of {files.Length} files only.");
        Assert.Equal([], files.Where(file => SecretForm().IsMatch(file.Text)).Select(file => file.Path));
        Assert.Equal([], files.Where(file => IsConfiguration(file.Path)).SelectMany(file => SettingForm().Matches(file.Text).Select(match => $"{file.Path}: {match.Value.Trim()}")));
    }

    [Fact]
    public async Task Behind_every_service_is_a_program_of_this_repository()
    {
        var resources = JsonNode.Parse(await AppHostManifest.TextAsync())!["resources"]!.AsObject();
        var folder = await AppHostManifest.FolderAsync();

        foreach (var name in Projects(await AppHostManifest.TextAsync()))
        {
            var project = Path.GetFullPath($"{resources[name]!["path"]}", folder);
            Assert.StartsWith(Repository.Path("services"), project);
            Assert.NotEmpty(Directory.EnumerateFiles(Path.GetDirectoryName(project)!, "Program.cs"));
        }
    }

    [Fact]
    public void The_test_command_runs_every_test_project()
    {
        var solution = Repository.Text("ShopFlow.sln");
        var projects = Tracked().Where(path => path.EndsWith("Tests.csproj", StringComparison.Ordinal)).ToArray();

        Assert.Contains("\"test\", checkout.Solution", Repository.Text("cli/Commands/TestCommand.cs"));
        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.Contains($"\"{project.Replace('/', '\\')}\"", solution));
    }

    [Fact]
    public void Every_test_that_the_document_names_exists()
    {
        var tests = Tracked().Where(path => path.EndsWith("Tests.cs", StringComparison.Ordinal)).Select(Repository.Text).ToArray();
        var names = TestName().Matches(Repository.Text("docs/claims.md")).Select(match => match.Groups[1].Value).ToArray();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(tests.Any(text => text.Contains($" {name}(")), $"docs/claims.md names {name}, and there is no such test."));
    }

    private static IEnumerable<KubernetesObject> Of(string kind, IEnumerable<KubernetesObject> objects) => objects.Where(it => it.Kind == kind);

    private static IEnumerable<string> Projects(string manifest) => JsonNode.Parse(manifest)!["resources"]!.AsObject()
        .Where(resource => $"{resource.Value!["type"]}".StartsWith("project.", StringComparison.Ordinal))
        .Select(resource => resource.Key);

    private static bool IsConfiguration(string path) =>
        !path.Contains("Tests/") && (path.StartsWith("deploy/", StringComparison.Ordinal) || path.EndsWith("settings.json", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yaml", StringComparison.Ordinal));

    private static string[] Tracked()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Repository.Path("."), "ls-files"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var files = git.StandardOutput.ReadToEnd();
        Assert.SkipWhen(!git.WaitForExit(TimeSpan.FromSeconds(30)) || git.ExitCode != 0, "This is no checkout of git.");
        return [.. files.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(Repository.Path(path)))];
    }

    // Private keys, keys of AWS, tokens of GitHub and of ours.
    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}")]
    private static partial Regex SecretForm();

    [GeneratedRegex(@"(?im)^[ ""-]*[a-z_-]*(password|secret|api_?key|token-?key)""? *[:=] *""?(?!true|false|null)[^\s""{}$\[\]]{6,}")]
    private static partial Regex SettingForm();

    [GeneratedRegex(@"`([A-Z][A-Za-z0-9]*_\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\.(png|ico|jpg|woff2?|pdf|gz|zip)$")]
    private static partial Regex Binary();
}
