using System.Globalization;
using ShopFlow.Export.Tests.Kubernetes;

namespace ShopFlow.Export.Tests;

/// <summary>What docs/deploy.md says. After an intended change of sizes: <c>SHOPFLOW_UPDATE_SNAPSHOTS=1 ./shopflow test --filter DeployDocumentTests</c>.</summary>
public sealed class DeployDocumentTests
{
    private const string File = "docs/deploy.md";
    private const string Begin = "<!-- sizes -->\n";
    private const string End = "<!-- /sizes -->\n";

    // Approximate list prices in US dollars, eu-west-1, 2025; the document gives the formula.
    private const double HoursOfMonth = 730;
    private const double ControlPlane = 0.10;
    private const double Node = 0.214;
    private const double LoadBalancer = 0.0252;
    private const double NatGateway = 0.048;
    private const double DiskOfMonth = 0.088;
    private const double SecretOfMonth = 0.40;

    // Of 4 cores and 16 GiB, beside what Kubernetes and agents take on each node.
    private const double CoresOfNode = 3.5;
    private const double MemoryOfNode = 13;

    [Fact]
    public async Task Sizes_and_costs_are_those_of_the_generated_files()
    {
        var table = await TableAsync();
        var text = Repository.Text(File);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("SHOPFLOW_UPDATE_SNAPSHOTS") == "1")
            await System.IO.File.WriteAllTextAsync(Repository.Path(File), text = text[..begin] + table + text[end..], TestContext.Current.CancellationToken);

        Assert.True(text.Contains(Begin + table + End), $"{File} has other sizes. If these are right: SHOPFLOW_UPDATE_SNAPSHOTS=1 ./shopflow test --filter DeployDocumentTests\n{table}");
    }

    [Fact]
    public void Every_command_of_ours_exists()
    {
        Assert.Contains(Commands, command => command.StartsWith("./shopflow export", StringComparison.Ordinal));
        Assert.All(Commands, Documented.CommandExists);
    }

    [Fact]
    public async Task The_commands_are_a_script_of_bash()
    {
        var bash = Tool.Find("bash");
        Assert.SkipWhen(bash is null, "There is no bash.");

        var (exitCode, _, errors) = await Tool.RunAsync(bash, "-n", "-c", string.Join('\n', Commands));

        Assert.Equal((0, ""), (exitCode, errors));
    }

    [Fact]
    public async Task Every_secret_that_the_cluster_asks_for_is_made_by_the_commands()
    {
        var asked = (await Overlays.BuildAsync("production")).Where(it => it.Kind == "ExternalSecret").Select(it => $"{it.Spec["data"]![0]!["remoteRef"]!["key"]}").ToArray();
        var found = Directory.EnumerateFiles(Repository.Path("deploy/kubernetes/overlays/production/secrets"), "*.yaml")
            .SelectMany(System.IO.File.ReadAllLines)
            .Where(line => line.Contains("key: shopflow/"))
            .Select(line => line.Split("key: ")[1]);

        Assert.NotEmpty(asked);
        Assert.Contains("grep -rhoP 'key: \\Kshopflow/.*' deploy/kubernetes/overlays/$environment/secrets", Repository.Text(File));
        Assert.Equal(asked.Order(), found.Order());
    }

    private static string[] Commands => [.. Repository.Text(File).Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim())];

    private static async Task<string> TableAsync()
    {
        var rows = new List<string>
        {
            "| | pods | cores | GiB of memory | GiB of disks | nodes | dollars a month |",
            "|---|---|---|---|---|---|---|",
        };
        foreach (var environment in Overlays.All)
        {
            var objects = await Overlays.BuildAsync(environment);
            var (least, most) = (Sizes.Of(objects, atMost: false), Sizes.Of(objects, atMost: true));
            var secrets = objects.Count(it => it.Kind == "ExternalSecret");
            var zones = environment.Data == "dev" ? 1 : 3;
            var (few, many) = (Nodes(least, zones), Nodes(most, zones));
            string[] cells =
            [
                environment.Data, Range(least.Pods, most.Pods), Range(least.Cpu, most.Cpu, "0.0"), Range(least.Memory, most.Memory), Range(least.Disks, most.Disks),
                Range(few, many), Range(Cost(few, zones, least.Disks, secrets), Cost(many, zones, most.Disks, secrets)),
            ];
            rows.Add($"| {string.Join(" | ", cells)} |");
        }

        return string.Join('\n', rows) + "\n";
    }

    private static string Range(double least, double most, string format = "0")
    {
        var (from, to) = (least.ToString(format, CultureInfo.InvariantCulture), most.ToString(format, CultureInfo.InvariantCulture));
        return from == to ? from : $"{from} to {to}";
    }

    private static int Nodes(Sizes sizes, int zones) => Math.Max(zones, (int)Math.Ceiling(Math.Max(sizes.Cpu / CoresOfNode, sizes.Memory / MemoryOfNode)));

    private static double Cost(int nodes, int zones, double disks, int secrets) =>
        HoursOfMonth * (ControlPlane + nodes * Node + LoadBalancer + zones * NatGateway) + disks * DiskOfMonth + secrets * SecretOfMonth;
}
