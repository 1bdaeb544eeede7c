using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ShopFlow.Tests.Native;

/// <summary>One of the scripts that run a server without containers, started as the orchestrator starts it.</summary>
internal sealed class NativeServer : IAsyncDisposable
{
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private NativeServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public int Pid => _process.Id;

    public int ExitCode => _process.ExitCode;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static NativeServer Start(string script, string dataFolder, string password)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("bash", [Checkout.Path("ShopFlow.AppHost", "Native", script)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["SHOPFLOW_DATA"] = dataFolder,
                ["SHOPFLOW_PORT"] = port.ToString(CultureInfo.InvariantCulture),
                ["SHOPFLOW_DIST_PORT"] = FreePort().ToString(CultureInfo.InvariantCulture),
                ["SHOPFLOW_EPMD_PORT"] = FreePort().ToString(CultureInfo.InvariantCulture),
                ["SHOPFLOW_PASSWORD"] = password,
            },
        };

        var server = new NativeServer(new Process { StartInfo = start }, port);
        server._process.OutputDataReceived += server.Keep;
        server._process.ErrorDataReceived += server.Keep;
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Waits until the client can be served.</summary>
    public async Task<T> ConnectAsync<T>(Func<Task<T>> connect)
    {
        T? connection = default;
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.False(_process.HasExited, $"The server ended:\n{Output}");
                try
                {
                    connection = await connect();
                    return true;
                }
                catch (Exception) when (!_process.HasExited)
                {
                    return false;
                }
            },
            s_startLimit,
            () => $"a connection; the server said:\n{Output}");
        return connection!;
    }

    /// <summary>As the orchestrator stops a process: SIGTERM to the script alone.</summary>
    public async Task StopAsync()
    {
        var tree = ProcessTree.Of(Pid);
        Signal("-TERM", Pid);
        await ExitAsync(StopLimit);
        await Eventually.TrueAsync(() => !tree.Any(ProcessTree.IsAlive), TimeSpan.FromSeconds(1), () => $"all gone of {string.Join(", ", tree)}");
    }

    public async Task KillEverythingAsync()
    {
        var tree = ProcessTree.Of(Pid);
        foreach (var process in tree)
            Signal("-KILL", process.Id);
        await ExitAsync(StopLimit);
    }

    public Task ExitAsync(TimeSpan limit) =>
        Eventually.TrueAsync(() => _process.HasExited, limit, () => $"the end of the server; it said:\n{Output}");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillEverythingAsync();
        _process.Dispose();
    }

    private static void Signal(string signal, int pid)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [signal, pid.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }
}
