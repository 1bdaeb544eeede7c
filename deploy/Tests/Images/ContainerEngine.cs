using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ShopFlow.Tests;

namespace ShopFlow.Export.Tests.Images;

/// <summary>
/// A container engine and a registry of the tests' own, from Debian's packages, which are installed where they are missing. Everything that
/// they hold is gone with them; an engine that runs on this machine is left alone. Making it takes minutes, so it has to be asked for.
/// </summary>
public sealed class ContainerEngine : IAsyncLifetime
{
    private const string AskedFor = "SHOPFLOW_IMAGE_TESTS";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shopflow-engine-");
    private readonly List<Process> _servers = [];
    private int _registryPort;

    // Why there is none; null when there is one.
    private readonly string? _absent = (Environment.GetEnvironmentVariable(AskedFor), Environment.IsPrivilegedProcess, File.Exists("/usr/bin/apt-get")) switch
    {
        (not "1", _, _) => $"Takes minutes and gigabytes: {AskedFor}=1 asks for it (docs/images.md).",
        (_, false, _) => "Only root can start a container engine.",
        (_, _, false) => "The engine and the base images are made from Debian's packages, and there is no apt-get.",
        _ => null,
    };

    public string Registry => $"localhost:{_registryPort}";

    /// <summary>The base image of the services.</summary>
    public string BaseImage => $"{Registry}/dotnet/aspnet:10.0";

    public string Address => $"unix://{_folder.FullName}/docker.sock";

    public async ValueTask InitializeAsync()
    {
        if (_absent is not null)
            return;

        await RunAsync("sh", [Repository.Path("cli/Setup/install-debian-packages.sh"), "docker.io", "docker-registry", "debootstrap"]);
        // The usual bridge, and the chains of iptables, may be another engine's.
        Start(
            "dockerd", "--host", Address, "--data-root", In("data"), "--exec-root", In("exec"), "--pidfile", In("dockerd.pid"),
            "--bridge", "none", "--iptables=false", "--ip6tables=false");
        _registryPort = FreePort();
        await File.WriteAllLinesAsync(In("registry.yml"),
        [
            "version: 0.1",
            $"storage: {{filesystem: {{rootdirectory: {In("registry")}}}}}",
            $"http: {{addr: '127.0.0.1:{_registryPort}'}}",
        ]);
        Start("docker-registry", "serve", In("registry.yml"));

        await Eventually.TrueAsync(async () => (await TryAsync("docker", ["info"])).ExitCode == 0, s_startLimit, () => "the container engine does not answer");
        await DebianImages.MakeAsync(this, In("build"));
    }

    public void SkipWhereAbsent() => Assert.SkipWhen(_absent is not null, _absent ?? "");

    /// <returns>What the command wrote to the standard output.</returns>
    public Task<string> DockerAsync(params string[] arguments) => RunAsync("docker", arguments);

    /// <summary>Runs a program that finds this engine, and fails with what it wrote where it fails.</summary>
    public async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        var (exitCode, output, error) = await TryAsync(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{output}\n{error}");
        return output;
    }

    public Task<(int ExitCode, string Output, string Errors)> TryAsync(string program, IEnumerable<string> arguments) =>
        Tool.RunAsync(With(new ProcessStartInfo(program, arguments)), s_limit);

    /// <summary>Has a program find this engine, and this checkout.</summary>
    public ProcessStartInfo With(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["DOCKER_HOST"] = Address;
        start.Environment["SHOPFLOW_ROOT"] = Repository.Path(".");
        // As ./shopflow has it: no build server outlives the command.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        // The builder that needs no plugin.
        start.Environment["DOCKER_BUILDKIT"] = "0";
        return start;
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever a test left running holds mounts in the data folder, and a network is a bridge of the host's.
        if (_servers.Count > 0 && await TryAsync("docker", ["ps", "--quiet", "--all"]) is { ExitCode: 0, Output: var left })
        {
            if (left.Length > 0)
                await TryAsync("docker", ["rm", "--force", "--volumes", .. left.Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
            await TryAsync("docker", ["network", "prune", "--force"]);
        }
        foreach (var server in _servers)
        {
            await TryAsync("kill", [$"{server.Id}"]);
            if (!server.WaitForExit(s_startLimit))
                server.Kill(entireProcessTree: true);
            server.Dispose();
        }
        // dockerd leaves the network namespace of the host mounted.
        await TryAsync("umount", [In("exec/netns/default")]);
        _folder.Delete(recursive: true);
    }

    private void Start(string program, params string[] arguments)
    {
        var process = new Process { StartInfo = With(new ProcessStartInfo(program, arguments)) };
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _servers.Add(process);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
