using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using ShopFlow.Tests;

namespace ShopFlow.Export.Tests.Images;

/// <summary>The AppHost with <c>ShopFlow:Resources=containers</c>, on data of its own.</summary>
internal sealed class AppHostInContainers : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("shopflow-data-");
    private readonly Process _process;
    private readonly List<string> _output = [];

    private AppHostInContainers(ContainerEngine engine)
    {
        _process = new Process
        {
            StartInfo = engine.With(new ProcessStartInfo("dotnet", [AppHostManifest.Program])
            {
                // The generated secrets are read in Development only.
                Environment = { ["DOTNET_ENVIRONMENT"] = "Development", ["ShopFlow__Resources"] = "containers", ["ShopFlow__DataDirectory"] = _data.FullName },
            }),
        };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public HttpClient Gateway { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    public static async Task<AppHostInContainers> StartAsync(ContainerEngine engine)
    {
        var host = new AppHostInContainers(engine);
        try
        {
            host._process.Start();
            host._process.BeginOutputReadLine();
            host._process.BeginErrorReadLine();
            // The gateway waits for everything else.
            await Eventually.TrueAsync(host.IsReadyAsync, s_startLimit, host.Output);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Gateway.Dispose();
        using (var stop = Process.Start("kill", [$"{_process.Id}"]))
            await stop.WaitForExitAsync();
        if (!_process.WaitForExit(s_stopLimit))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        Assert.False(_process.HasExited, Output());
        try
        {
            var status = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_data.FullName, "run", "status.json")));
            if (status?["gateway"]?.GetValue<string>() is not { } address)
                return false;

            Gateway.BaseAddress ??= new Uri(address);
            return (await Gateway.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.Add(line ?? "");
    }

    private string Output()
    {
        lock (_output)
            return $"the AppHost is not ready:\n{string.Join('\n', _output.TakeLast(40))}";
    }
}
