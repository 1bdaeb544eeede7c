using System.Collections.Concurrent;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>The committed overlays, as <c>kubectl kustomize</c> builds them.</summary>
internal static class Overlays
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<KubernetesObject>>>> s_built = new();

    public static TheoryData<string> All => ["dev", "staging", "production"];

    public static TheoryData<string> GameDays => ["dev-gameday", "staging-gameday", "production-gameday"];

    /// <summary>Skips the test where there is no kubectl.</summary>
    public static Task<IReadOnlyList<KubernetesObject>> BuildAsync(string environment) =>
        s_built.GetOrAdd(environment, name => new(async () => KubernetesObject.Parse(await Kubectl.BuildAsync(Repository.Path($"deploy/kubernetes/overlays/{name}"))))).Value;

    /// <summary>The overlay of an export that is not committed. Skips the test where there is no kubectl.</summary>
    public static async Task<IReadOnlyList<KubernetesObject>> BuildAsync(IReadOnlyDictionary<string, string> files, string environment)
    {
        var root = Directory.CreateTempSubdirectory("shopflow-export-");
        try
        {
            Files.Write(root.FullName, files);
            return KubernetesObject.Parse(await Kubectl.BuildAsync(Path.Combine(root.FullName, "overlays", environment)));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    /// <summary>The overlay of an export for one environment that is not committed. Skips the test where there is no kubectl.</summary>
    public static Task<IReadOnlyList<KubernetesObject>> BuildAsync(ExportInput input) => BuildAsync(Exporter.Export(input), Assert.Single(input.Environments));
}
