using System.Collections.Concurrent;
using System.Diagnostics;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>The committed overlays, as <c>kubectl kustomize</c> builds them.</summary>
internal static class Overlays
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<KubernetesObject>>>> s_built = new();

    public static TheoryData<string> All => ["dev", "staging", "production"];

    /// <summary>Skips the test where there is no kubectl.</summary>
    public static Task<IReadOnlyList<KubernetesObject>> BuildAsync(string environment)
    {
        var kubectl = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(kubectl is null, "kubectl is not installed; https://kubernetes.io/docs/tasks/tools/ says how to get it.");
        return s_built.GetOrAdd(environment, name => new(() => BuildAsync(kubectl, name))).Value;
    }

    private static async Task<IReadOnlyList<KubernetesObject>> BuildAsync(string kubectl, string environment)
    {
        using var limit = new CancellationTokenSource(s_limit);
        using var build = Process.Start(new ProcessStartInfo(kubectl, ["kustomize", Repository.Path($"deploy/kubernetes/overlays/{environment}")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        try
        {
            var errors = build.StandardError.ReadToEndAsync(limit.Token);
            var yaml = await build.StandardOutput.ReadToEndAsync(limit.Token);
            await build.WaitForExitAsync(limit.Token);
            Assert.Equal((0, ""), (build.ExitCode, await errors));
            return KubernetesObject.Parse(yaml);
        }
        finally
        {
            if (!build.HasExited)
                build.Kill(entireProcessTree: true);
        }
    }
}
