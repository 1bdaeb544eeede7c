using ShopFlow.Export.Comparison;
using ShopFlow.Export.Tests.Kubernetes;

namespace ShopFlow.Export.Tests.Comparison;

public sealed class AspirateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shopflow-aspirate-");

    [Fact]
    public async Task Aspirate_makes_of_the_model_what_we_make_of_it()
    {
        // The rest of an image's name is in the projects.
        var input = await AppHostManifest.InputAsync("dev") with { Registry = "registry.test/shopflow", Version = "1.2.3" };
        var theirs = await Aspirate.GenerateAsync(_folder.FullName, Exporter.ForAspirate(input, await AppHostManifest.FolderAsync()), "registry.test", "1.2.3");
        var ours = Path.Combine(_folder.FullName, "ours");
        Files.Write(ours, Exporter.Export(input));

        var comparison = WorkloadComparison.Between(await Kubectl.BuildAsync(Path.Combine(ours, "overlays", "dev")), await Kubectl.BuildAsync(theirs));

        Assert.Equal([], comparison.Differences.Where(difference => difference.Reason is null).Select(difference => $"{difference}"));
        Assert.True(comparison.Workloads >= 20, $"Both have {comparison.Workloads} workloads only.");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
