using System.Diagnostics;

namespace ShopFlow.Cli.Bench;

/// <summary>One of the processes of bench/Baseline.</summary>
internal sealed class BareServer : IDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private BareServer(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <exception cref="CommandFailedException">It is not built, or does not start.</exception>
    public static async Task<BareServer> StartAsync(Checkout checkout, string role, string argument, CancellationToken cancellationToken)
    {
        if (!File.Exists(checkout.BaselineAssembly))
            throw new CommandFailedException("bench/Baseline is not built. ./shopflow up builds it.");

        var process = Process.Start(new ProcessStartInfo(Tool.Dotnet, [checkout.BaselineAssembly, role, argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_startLimit);
        try
        {
            return Uri.TryCreate(await process.StandardOutput.ReadLineAsync(limit.Token), UriKind.Absolute, out var address)
                ? new(process, address)
                : throw new CommandFailedException($"bench/Baseline {role} {argument} ended at once.");
        }
        catch (Exception e)
        {
            process.Kill();
            process.Dispose();
            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new CommandFailedException($"bench/Baseline {role} did not start within {s_startLimit.TotalSeconds:0} s.");
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
