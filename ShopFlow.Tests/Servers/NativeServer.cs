using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ShopFlow.Tests.Servers;

/// <summary>
/// A server of the AppHost's, run by its own script on a free port and on a folder of its own. It ends when this object is
/// disposed of or this process dies, whichever comes first: the shell around it waits for its standard input to close.
/// </summary>
internal sealed class NativeServer(string script) : IAsyncDisposable
{
    private const string Wrapper = """
        bash "$1" </dev/null & server=$!
        read -r _
        kill -TERM "$server"; wait "$server"
        """;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("shopflow-server-");
    private readonly Dictionary<string, string> environment = [];
    private readonly List<string> output = [];
    private Process? process;

    public int Port { get; } = FreePort();

    public string Password { get; } = Guid.NewGuid().ToString("N");

    public NativeServer With(string variable, int port)
    {
        environment[variable] = port.ToString();
        return this;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts, or starts again on the same port and data, and waits until <paramref name="isReady"/>.</summary>
    public async Task StartAsync(Func<Task<bool>> isReady)
    {
        var start = new ProcessStartInfo("bash", ["-c", Wrapper, "bash", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["SHOPFLOW_DATA"] = data.FullName,
                ["SHOPFLOW_PORT"] = Port.ToString(),
                ["SHOPFLOW_PASSWORD"] = Password,
            },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.TrueAsync(isReady, StartLimit, LastOutput);
    }

    public async Task StopAsync()
    {
        if (process is null)
        {
            return;
        }

        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(StopLimit);
        await process.WaitForExitAsync(limit.Token);
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        data.Delete(recursive: true);
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output)
        {
            output.Add(line.Data ?? "");
        }
    }

    private string LastOutput()
    {
        lock (output)
        {
            return $"{Path.GetFileName(script)} is not ready:\n{string.Join('\n', output.TakeLast(30))}";
        }
    }
}
