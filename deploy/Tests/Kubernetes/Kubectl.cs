namespace ShopFlow.Export.Tests.Kubernetes;

internal static class Kubectl
{
    /// <summary>The objects of a folder with a <c>kustomization.yaml</c>. Skips the test where there is no kubectl.</summary>
    public static async Task<string> BuildAsync(string folder)
    {
        var kubectl = Tool.Find("kubectl");
        Assert.SkipWhen(kubectl is null, "kubectl is not installed; https://kubernetes.io/docs/tasks/tools/ says how to get it.");
        var (exitCode, yaml, errors) = await Tool.RunAsync(kubectl, "kustomize", folder);
        Assert.Equal((0, ""), (exitCode, errors));
        return yaml;
    }
}
