using System.Diagnostics;

namespace ShopFlow.Tests.Cli;

/// <summary>The command behind ./shopflow, run as a process on an empty checkout of its own.</summary>
internal sealed class ShopFlowCommand : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _checkout = Directory.CreateTempSubdirectory("shopflow cli ");

    public string Root => _checkout.FullName;

    public Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RunInAsync(Root, s_limit, arguments);

    /// <summary>Runs it on another checkout.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunInAsync(string root, TimeSpan patience, params string[] arguments)
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}") ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet", [Checkout.Path("cli", "bin", configuration, "net10.0", "shopflow.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // As ./shopflow has it: no build server outlives the command.
            Environment = { ["SHOPFLOW_ROOT"] = root, ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false" },
        };

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(patience);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public void Dispose() => _checkout.Delete(recursive: true);
}
