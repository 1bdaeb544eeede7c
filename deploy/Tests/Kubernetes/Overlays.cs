using System.Collections.Concurrent;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>The committed overlays, as <c>kubectl kustomize</c> builds them.</summary>
internal static class Overlays
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<KubernetesObject>>>> s_built = new();

    public static TheoryData<string> All => ["dev", "staging", "production"];

    /// <summary>Skips the test where there is no kubectl.</summary>
    public static Task<IReadOnlyList<KubernetesObject>> BuildAsync(string environment) =>
        s_built.GetOrAdd(environment, name => new(async () => KubernetesObject.Parse(await Kubectl.BuildAsync(Repository.Path($"deploy/kubernetes/overlays/{name}"))))).Value;
}
