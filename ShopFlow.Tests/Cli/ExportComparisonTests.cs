using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Cli;

/// <summary><c>./shopflow export --compare</c> with the small model of deploy/Tests and what aspirate 9.1 made of it.</summary>
public sealed class ExportComparisonTests : IDisposable
{
    private readonly ShopFlowCommand _shopflow = new();

    private static string Manifest => RepositoryFiles.Path("deploy/Tests/Small/aspire-manifest.json");

    public ExportComparisonTests()
    {
        Copy(RepositoryFiles.Path("deploy/Tests/Small/settings"), Path.Combine(_shopflow.Root, "deploy", "environments"));
        Copy(RepositoryFiles.Path("deploy/Tests/Small/aspirate"), Theirs);
    }

    private string Theirs => Path.Combine(_shopflow.Root, "aspirate");

    [Fact]
    public async Task Nothing_but_known_differences_is_0()
    {
        SkipWithoutKubectl();

        var (exitCode, output, error) = await _shopflow.RunAsync("export", "--manifest", Manifest, "--compare", Theirs);

        Assert.Equal(0, exitCode);
        Assert.StartsWith("5 workloads have the same image, ports and", error);
        Assert.Contains("known, 2 times: aspirate sets one address for every project", output);
        Assert.DoesNotContain("differs", output);
    }

    [Fact]
    public async Task Another_difference_is_1_and_is_told()
    {
        SkipWithoutKubectl();
        var file = Path.Combine(Theirs, "worker", "kustomization.yaml");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text.Replace("API_HTTP=http://api:8080", "API_HTTP=http://api:80"), TestContext.Current.CancellationToken);

        var (exitCode, output, error) = await _shopflow.RunAsync("export", "--manifest", Manifest, "--compare", Theirs);

        Assert.Equal(1, exitCode);
        Assert.Contains("differs: worker API_HTTP: ours http://api:8080, theirs http://api:80", output);
        Assert.Contains("1 difference", error);
    }

    [Fact]
    public async Task A_folder_without_a_kustomization_is_refused()
    {
        var (exitCode, _, error) = await _shopflow.RunAsync("export", "--manifest", Manifest, "--compare", _shopflow.Root);

        Assert.Equal(1, exitCode);
        Assert.Contains("There is no kustomization.yaml in", error);
    }

    [Fact]
    public async Task The_manifest_for_aspirate_is_written_where_it_is_asked_for()
    {
        var file = Path.Combine(_shopflow.Root, "new folder", "manifest.json");

        var (exitCode, _, _) = await _shopflow.RunAsync("export", "--manifest", Manifest, "--aspirate", file);

        Assert.Equal(0, exitCode);
        Assert.Contains(RepositoryFiles.Path("deploy/Tests/Small/Golden.Api/Golden.Api.csproj"), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _shopflow.Dispose();

    private static void SkipWithoutKubectl() => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl"))),
        "kubectl is not installed; https://kubernetes.io/docs/tasks/tools/ says how to get it.");

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
