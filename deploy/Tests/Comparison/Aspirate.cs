using System.Diagnostics;

namespace ShopFlow.Export.Tests.Comparison;

/// <summary>The aspirate tool: the program that SHOPFLOW_ASPIRATE names, else from the feed, once for the checkout.</summary>
internal static class Aspirate
{
    public const string Version = "9.1.0";

    // Eleven projects are asked for their container properties.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_installLimit = TimeSpan.FromMinutes(1);

    private static readonly Lazy<Task<(string? Program, string Problem)>> s_installed = new(InstallAsync);

    /// <summary>Skips the test where the feed has no aspirate.</summary>
    /// <returns>The folder that it wrote.</returns>
    public static async Task<string> GenerateAsync(string folder, string manifest, string registry, string tag)
    {
        var (program, problem) = await s_installed.Value;
        Assert.SkipWhen(program is null, $"aspirate {Version} cannot be installed here: {problem}");

        await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), manifest, TestContext.Current.CancellationToken);
        var (exitCode, output) = await RunAsync(s_limit, program, folder, ["generate", .. Options("manifest.json", registry, tag)]);
        Assert.True(exitCode == 0 && output.Contains("Execution Completed"), output);
        return Path.Combine(folder, "aspirate");
    }

    public static string[] Options(string manifest, string registry, string tag) =>
    [
        "--non-interactive", "--disable-secrets", "--disable-state", "--skip-build", "--include-dashboard", "false",
        "--aspire-manifest", manifest, "--output-path", "aspirate", "--output-format", "kustomize", "--image-pull-policy", "IfNotPresent",
        "--namespace", "shopflow", "--container-registry", registry, "--container-image-tag", tag,
    ];

    private static async Task<(string? Program, string Problem)> InstallAsync()
    {
        if (Environment.GetEnvironmentVariable("SHOPFLOW_ASPIRATE") is { Length: > 0 } given)
            return (given, "");

        var tools = Repository.Path(".shopflow/tools");
        var program = Path.Combine(tools, "aspirate");
        if (File.Exists(program))
            return (program, "");

        try
        {
            var (exitCode, output) = await RunAsync(s_installLimit, "dotnet", Repository.Path("."), "tool", "install", "aspirate", "--version", Version, "--tool-path", tools);
            return exitCode == 0 ? (program, "") : (null, output.Trim().Split('\n')[^1]);
        }
        catch (OperationCanceledException)
        {
            return (null, $"the feed did not answer within {s_installLimit.TotalSeconds} s.");
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(TimeSpan limit, string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        // It was built for .NET 9, and prints in colours unless told otherwise.
        start.Environment["DOTNET_ROLL_FORWARD"] = "Major";
        start.Environment["NO_COLOR"] = "1";
        var (exitCode, output, errors) = await Tool.RunAsync(start, limit);
        return (exitCode, $"{output}\n{errors}");
    }
}
