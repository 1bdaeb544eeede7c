using System.Collections.Concurrent;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>The committed overlays, as <c>kubectl kustomize</c> builds them.</summary>
internal static class Overlays
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<KubernetesObject>>>> s_built = new();

    public static TheoryData<string> All => ["dev", "staging", "production"];

    /// <summary>Skips the test where there is no kubectl.</summary>
    public static Task<IReadOnlyList<KubernetesObject>> BuildAsync(string environment)
    {
        var kubectl = Tool.Find("kubectl");
        Assert.SkipWhen(kubectl is null, "kubectl is not installed; https://kubernetes.io/docs/tasks/tools/ says how to get it.");
        return s_built.GetOrAdd(environment, name => new(() => BuildAsync(kubectl, name))).Value;
    }

    private static async Task<IReadOnlyList<KubernetesObject>> BuildAsync(string kubectl, string environment)
    {
        var (exitCode, yaml, errors) = await Tool.RunAsync(kubectl, "kustomize", Repository.Path($"deploy/kubernetes/overlays/{environment}"));
        Assert.Equal((0, ""), (exitCode, errors));
        return KubernetesObject.Parse(yaml);
    }
}
