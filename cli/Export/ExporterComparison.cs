using ShopFlow.Export.Comparison;

namespace ShopFlow.Cli.Export;

/// <summary>Holds what we export against the folder of another exporter, both as kubectl builds them.</summary>
internal static class ExporterComparison
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    /// <param name="exported">Our files by their path, for one environment.</param>
    /// <param name="theirs">A folder with a <c>kustomization.yaml</c>, as <c>aspirate generate</c> writes it.</param>
    /// <returns>1 where there is a difference that is not a known one.</returns>
    /// <exception cref="CommandFailedException">There is no kubectl, or it cannot build the folder.</exception>
    public static async Task<int> RunAsync(string environment, IReadOnlyDictionary<string, string> exported, DirectoryInfo theirs, CancellationToken cancellationToken)
    {
        var ours = Directory.CreateTempSubdirectory("shopflow-export-");
        try
        {
            new GeneratedFiles(ours.FullName, []).Write(exported);
            return Print(WorkloadComparison.Between(
                await BuildAsync(Path.Combine(ours.FullName, "overlays", environment), cancellationToken), await BuildAsync(theirs.FullName, cancellationToken)));
        }
        finally
        {
            ours.Delete(recursive: true);
        }
    }

    private static async Task<string> BuildAsync(string folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, "kustomization.yaml")) && !File.Exists(Path.Combine(folder, "kustomization.yml")))
            throw new CommandFailedException($"There is no kustomization.yaml in {folder}.");
        if (!Tool.Exists("kubectl"))
            throw new CommandFailedException("kubectl is not installed; https://kubernetes.io/docs/tasks/tools/ says how to get it.");

        var built = await Tool.RunAsync("kubectl", ["kustomize", folder], s_limit, cancellationToken);
        if (built.Succeeded)
            return built.Standard;

        Say.Indented(built.LastLines(10));
        throw new CommandFailedException($"kubectl cannot build {folder}; the reason is above.");
    }

    private static int Print(WorkloadComparison comparison)
    {
        foreach (var known in comparison.Differences.Where(difference => difference.Reason is not null).GroupBy(difference => difference.Reason))
            Console.WriteLine($"known, {known.Count()} times: {known.Key}");

        var unknown = comparison.Differences.Where(difference => difference.Reason is null).ToArray();
        foreach (var difference in unknown)
            Console.WriteLine($"differs: {difference}");
        if (unknown.Length > 0)
            throw new CommandFailedException($"{(unknown.Length == 1 ? "1 difference is" : $"{unknown.Length} differences are")} not known; see above.");

        Say.Good($"{comparison.Workloads} workloads have the same image, ports and {comparison.Variables} variables.");
        return 0;
    }
}
