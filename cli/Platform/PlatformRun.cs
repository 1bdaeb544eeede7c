using System.Diagnostics;
using ShopFlow.Cli.Setup;

namespace ShopFlow.Cli.Platform;

/// <summary>Builds the solution and starts it; what <c>up</c> and <c>bench</c> share.</summary>
internal sealed class PlatformRun(Checkout checkout)
{
    private static readonly TimeSpan s_buildLimit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(20);

    /// <param name="project">What is built; the solution, unless it is given.</param>
    public async Task BuildAsync(string configuration, CancellationToken cancellationToken, string? project = null)
    {
        Say.Step("Building");
        var clock = Stopwatch.StartNew();
        var start = new ProcessStartInfo(Tool.Dotnet, ["build", project ?? checkout.Solution, "-c", configuration, "-v", "q", "--nologo"]) { WorkingDirectory = checkout.Root };
        var result = await Tool.RunAsync(start, s_buildLimit, cancellationToken);
        if (!result.Succeeded)
        {
            Say.Indented(result.Output.Split('\n').Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct().DefaultIfEmpty(result.Output).Take(20));
            throw new CommandFailedException("ShopFlow does not build; the errors are above.");
        }

        Say.Line($"  built in {clock.Elapsed.TotalSeconds:0} s");
    }

    /// <summary>Makes sure that this is the only command that starts the platform in this checkout, until it is disposed.</summary>
    /// <exception cref="CommandFailedException">The platform runs already, or another command is starting it.</exception>
    public IDisposable RefuseSecond()
    {
        if (RunStatus.Read(checkout) is { } status)
            throw new CommandFailedException($"ShopFlow already runs from this checkout: process {status.Pid}, dashboard {status.Dashboard ?? "off"}. Stop it with ./shopflow down.");
        if (AppHostProcess.Find(checkout) is { } other)
            throw new CommandFailedException($"ShopFlow already starts or stops in this checkout: process {other.Pid}. Wait for it, or use ./shopflow down.");

        Directory.CreateDirectory(checkout.State);
        try
        {
            return new FileStream(Path.Combine(checkout.State, "up.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new CommandFailedException("Another ./shopflow prepares or builds the platform in this checkout. Wait for it.");
        }
    }

    /// <param name="resources">What the servers run on.</param>
    /// <param name="gatewayPort">A port that nobody else uses; whoever binds it takes a free one, unless it is given.</param>
    /// <param name="dashboardPort">The same.</param>
    public AppHostProcess Start(ResourceChoice resources, int? gatewayPort = null, int? dashboardPort = null)
    {
        if (!File.Exists(checkout.AppHostAssembly))
            throw new CommandFailedException("ShopFlow.AppHost is not built. Leave out --no-build.");

        return AppHostProcess.Start(checkout, SettingsOf(resources, gatewayPort, dashboardPort));
    }

    // No address for telemetry nor for the resource service: they, too, are bound where there is room.
    internal Dictionary<string, string> SettingsOf(ResourceChoice resources, int? gatewayPort, int? dashboardPort)
    {
        var loopback = new[] { "localhost", "127.0.0.1", "::1", Environment.GetEnvironmentVariable("NO_PROXY") };
        var environment = new Dictionary<string, string>
        {
            // The user secrets are read in Development only.
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
            ["ShopFlow__Resources"] = resources.Name,
            ["ShopFlow__GatewayPort"] = $"{gatewayPort ?? 0}",
            ["NO_PROXY"] = string.Join(',', loopback.Where(host => !string.IsNullOrEmpty(host))),
        };
        if (checkout.OwnData is { } data)
            environment["ShopFlow__DataDirectory"] = data;
        if (dashboardPort is { } port)
            environment["ASPNETCORE_URLS"] = $"http://localhost:{port}";
        return environment;
    }

    /// <summary>Waits until every resource is ready, and says what changes.</summary>
    /// <exception cref="CommandFailedException">A resource failed, or the time is over. Everything is stopped by then.</exception>
    public async Task<RunStatus> WaitUntilReadyAsync(AppHostProcess host, TimeSpan limit, CancellationToken cancellationToken)
    {
        var progress = new StartProgress(checkout);
        try
        {
            return await progress.WaitAsync(host, limit, cancellationToken);
        }
        catch (Exception)
        {
            await StopAsync(host);
            throw;
        }
    }

    public async Task StopAsync(AppHostProcess host)
    {
        Say.Step("Stopping");
        var clock = Stopwatch.StartNew();
        var stoppedItself = await host.StopAsync(s_stopLimit);
        Forget();
        if (stoppedItself)
            Say.Line($"  stopped in {clock.Elapsed.TotalSeconds:0.0} s");
        else
            Say.Warning($"The AppHost did not stop within {s_stopLimit.TotalSeconds:0} s and was killed; the orchestrator ends the rest within 10 s.");
    }

    /// <summary>Removes the traces of a run that is over.</summary>
    public void Forget()
    {
        if (!Directory.Exists(checkout.Run))
            return;
        File.Delete(checkout.AppHostPid);
        File.Delete(checkout.StatusFile);
    }
}
