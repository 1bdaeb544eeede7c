using System.ComponentModel;
using System.Diagnostics;

namespace Aspire.Hosting.Dcp;

/// <summary>Starts DCP's API server, which then watches this process and ends with it.</summary>
internal static class DcpProcess
{
    private static readonly TimeSpan LaunchLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);

    // Settings of this process which the resources, that inherit DCP's environment, must not see.
    private static readonly string[] NotInherited =
        ["ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE"];

    /// <summary>Returns when the API server has announced itself in the session's kubeconfig.</summary>
    /// <exception cref="DistributedApplicationException">DCP cannot be run, fails, or is not ready within the limit.</exception>
    public static async Task<Kubeconfig> StartAsync(
        string path, DcpSession session, DcpOptions options, CancellationToken cancellationToken)
    {
        await LaunchAsync(StartInfo(path, session, options), cancellationToken);

        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (Kubeconfig.TryRead(session.KubeconfigPath) is { } kubeconfig)
            {
                return kubeconfig;
            }

            if (clock.Elapsed > ReadyLimit)
            {
                throw new DistributedApplicationException(
                    $"The orchestrator {path} did not get ready within {ReadyLimit.TotalSeconds:0} s.");
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    private static ProcessStartInfo StartInfo(string path, DcpSession session, DcpOptions options)
    {
        var start = new ProcessStartInfo(path) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("start-apiserver");
        start.ArgumentList.Add("--detach");
        AddOption("--monitor", Environment.ProcessId.ToString());
        AddOption("--kubeconfig", session.KubeconfigPath);
        AddOption("--tls-cert-file", session.CertificatePath);
        AddOption("--tls-key-file", session.KeyPath);
        if (options.ContainerRuntime is { } runtime)
        {
            AddOption("--container-runtime", runtime);
        }

        start.Environment["DCP_SESSION_FOLDER"] = session.Folder;
        start.Environment["DCP_LOG_SOCKET"] = session.LogSocketPath;
        foreach (var name in NotInherited)
        {
            start.Environment.Remove(name);
        }

        return start;

        void AddOption(string name, string value)
        {
            start.ArgumentList.Add(name);
            start.ArgumentList.Add(value);
        }
    }

    private static async Task LaunchAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LaunchLimit);
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0)
            {
                throw new DistributedApplicationException(
                    $"The orchestrator {start.FileName} ended with code {process.ExitCode}: {(await errors).Trim()}");
            }
        }
        catch (Win32Exception e)
        {
            throw new DistributedApplicationException(
                $"The orchestrator {start.FileName} cannot be run: {e.Message}. Run ./shopflow setup to fetch it again.", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException(
                $"The orchestrator {start.FileName} did not start within {LaunchLimit.TotalSeconds:0} s.", e);
        }
    }
}
