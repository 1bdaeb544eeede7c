using System.Net;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Manifests;
using ShopFlow.Export.Model;
using ShopFlow.Tests;

namespace ShopFlow.Export.Tests.Images;

/// <summary>The published model in containers on one network: each workload under its name, told what the manifest tells it. Services
/// run with as little as a cluster gives them; migrations run first, as there.</summary>
internal sealed class ModelInContainers(ContainerEngine engine, string registry, string version)
{
    private const string Network = "shop";

    private static readonly TimeSpan s_readyLimit = TimeSpan.FromMinutes(3);

    private static readonly string[] s_restrictions = ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--tmpfs", "/tmp"];

    private readonly Dictionary<string, string> _parameters = [];

    /// <summary>What the AppHost publishes.</summary>
    public static async Task<ShopModel> ModelAsync()
    {
        var problems = new ProblemList();
        var model = new ModelReader(problems).Read(new ManifestReader(problems).Read(await AppHostManifest.TextAsync()));
        problems.ThrowIfAny();
        return model;
    }

    /// <returns>The names of the services, all of which are ready.</returns>
    public async Task<IReadOnlyList<string>> StartAsync()
    {
        var model = await ModelAsync();
        await ReadParametersAsync(model);
        await engine.DockerAsync("network", "create", Network);
        foreach (var server in model.Servers)
            await engine.DockerAsync(["run", "--detach", .. Named(server), .. server.Entrypoint is { } entrypoint ? new[] { "--entrypoint", entrypoint } : [], server.Image, .. Arguments(server)]);
        foreach (var server in model.Servers)
            await ReadyAsync(server.Name, async () => (await engine.TryAsync("docker", ["exec", server.Name, .. CheckOf(server)])).ExitCode == 0);

        foreach (var service in model.Services.Where(service => model.DatabasesOf(service).Any()))
            await engine.DockerAsync(["run", "--rm", "--network", Network, .. s_restrictions, .. Told(service), ImageOf(service), "migrate"]);
        foreach (var service in model.Services)
            await engine.DockerAsync(["run", "--detach", .. Named(service), .. s_restrictions, .. DiskOf(service), ImageOf(service), .. Arguments(service)]);

        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        foreach (var service in model.Services)
            await ReadyAsync(service.Name, async () => (await client.GetAsync(new Uri(await AddressAsync(service.Name), "/health/ready"))).StatusCode == HttpStatusCode.OK);
        return [.. model.Services.Select(service => service.Name)];
    }

    public async Task<Uri> AddressAsync(string service)
    {
        var address = await engine.DockerAsync("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", service);
        return new Uri($"http://{address.Trim()}:{ManifestReader.ProjectPort}");
    }

    public string ImageOf(Workload service) => $"{registry}/{service.Name}:{version}";

    private async Task ReadyAsync(string name, Func<Task<bool>> check)
    {
        await Eventually.TrueAsync(
            async () =>
            {
                var isRunning = (await engine.DockerAsync("inspect", "--format", "{{.State.Running}}", name)).Trim() == "true";
                Assert.True(isRunning, $"{name} has ended:\n{await LogAsync(name)}");
                try
                {
                    return await check();
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
                {
                    // It doesn't listen yet, or waits for a server itself.
                    return false;
                }
            },
            s_readyLimit,
            () => $"{name} is not ready");
    }

    private async Task<string> LogAsync(string name)
    {
        var (_, output, error) = await engine.TryAsync("docker", ["logs", "--tail", "40", name]);
        return output + error;
    }

    private async Task ReadParametersAsync(ShopModel model)
    {
        var problems = new ProblemList();
        var settings = new SettingsReader(model, problems).Read("dev", (await AppHostManifest.InputAsync()).Settings);
        problems.ThrowIfAny();
        foreach (var parameter in model.Parameters)
            _parameters[parameter.Name] = parameter.IsSecret ? $"{Guid.NewGuid():N}" : settings.Parameters[parameter.Name];
    }

    private string[] Named(Workload workload) => ["--name", workload.Name, "--network", Network, .. Told(workload)];

    private string[] Told(Workload workload) => [.. workload.Variables.SelectMany(variable => new[] { "--env", $"{variable.Name}={TextOf(variable.Value)}" })];

    private string[] Arguments(Workload workload) => [.. workload.Arguments.Select(TextOf)];

    // The disk that the settings of environments give it; the model knows where it writes.
    private static string[] DiskOf(Service service) => service.Variables
        .Where(variable => variable.Name.EndsWith("__DataDirectory", StringComparison.Ordinal))
        .SelectMany(variable => new[] { "--tmpfs", $"{variable.Value.Constant}:uid=1654" })
        .ToArray();

    private string TextOf(ResolvedText text) => string.Concat(text.Parts.Select(part => part switch
    {
        FixedText known => known.Text,
        ParameterValue value => value.IsUriEncoded ? Uri.EscapeDataString(_parameters[value.Parameter.Name]) : _parameters[value.Parameter.Name],
        _ => throw new NotSupportedException($"{part}"),
    }));

    private static string[] CheckOf(Server server) => server.Kind switch
    {
        ServerKind.PostgreSql => ["pg_isready", "--username", "postgres"],
        ServerKind.RabbitMq => ["rabbitmq-diagnostics", "--quiet", "check_port_connectivity"],
        _ => ["true"],
    };
}
