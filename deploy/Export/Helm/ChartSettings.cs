using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Helm;

/// <summary>The settings of which the chart makes values. What is not here is the same wherever the chart is installed.</summary>
internal static class ChartSettings
{
    // Empty where nobody needs it.
    private const string Region = @"^(|[a-z]{2}(-[a-z]+)+-\d)$";
    private const string Bucket = "^(|s3://[a-z0-9][a-z0-9./-]*)$";
    private const string Role = @"^(|arn:aws[a-z-]*:iam::\d{12}:role/[A-Za-z0-9+=,.@_/-]+)$";
    private const string StorageClass = "^[a-z0-9.-]*$";
    private const string Host = @"^(|\*|[a-z0-9]([a-z0-9-]*[a-z0-9])?)$";
    private const string Domain = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$";
    private const string Duration = @"^\d+(\.\d+)?(s|m|h)$";
    private const string Base64 = "^[A-Za-z0-9+/]*=*$";
    private const string Environment = "^[a-z0-9-]*$";

    /// <summary>Whether values can say it: what AWS manages changes the services' connection strings.</summary>
    public static bool CanSay(EnvironmentSettings settings) => settings.Servers.Run != ServersRun.Aws;

    public static EnvironmentSettings With(this EnvironmentSettings settings, ShopModel model, Placeholders values) => settings with
    {
        Registry = values.Text("registry", settings.Registry, Exporter.RegistryPattern),
        Version = values.Text("version", settings.Version, Exporter.VersionPattern),
        Domain = values.Text("domain", settings.Domain, Domain),
        IsPlainHttp = values.Flag("plainHttp", settings.IsPlainHttp),
        HasCustomMetrics = values.Flag("customMetrics", settings.HasCustomMetrics),
        Canary = settings.Canary with { Pause = values.Text("canary.pause", settings.Canary.Pause, Duration) },
        Secrets = settings.Secrets.With(model, values),
        Name = values.Text("secrets.environment", settings.Name == EnvironmentSettings.Common ? null : settings.Name, Environment),
        Parameters = settings.Parameters.ToDictionary(parameter => parameter.Key, parameter => values.Text($"parameters.{NameOf(parameter.Key)}", parameter.Value)),
        InUri = placeholder => $"{placeholder[..^1]} | urlquery | replace \"+\" \"%20\"⟩",
        Servers = settings.Servers.With(values),
        Services = model.Services.ToDictionary(service => service.Name, service => settings.Services[service.Name].With(service.IsPublic, $"services.{NameOf(service.Name)}", values)),
    };

    /// <summary>A name as it can stand in a path: <c>paymentSandbox</c>.</summary>
    public static string NameOf(string name) =>
        string.Concat(name.Split('-').Select((word, index) => index == 0 ? word : $"{char.ToUpperInvariant(word[0])}{word[1..]}"));

    private static SecretsSettings With(this SecretsSettings secrets, ShopModel model, Placeholders values) =>
        new(values.OneOf("secrets.from", secrets.From), values.Text("secrets.region", secrets.Region, Region))
        {
            Sealed = model.Parameters.Where(parameter => parameter.IsSecret)
                .ToDictionary(parameter => parameter.Name, parameter => values.Text($"secrets.sealed.{NameOf(parameter.Name)}", secrets.Sealed.GetValueOrDefault(parameter.Name), Base64)),
        };

    private static ServersSettings With(this ServersSettings servers, Placeholders values) => servers with
    {
        Run = values.OneOf("servers.run", servers.Run, ServersRun.Aws),
        StorageClass = values.Optional("servers.storageClass", servers.StorageClass, StorageClass),
        Backups = values.Text("servers.backups", servers.Backups, Bucket),
        BackupRole = values.Text("servers.backupRole", servers.BackupRole, Role),
        ByKind = servers.ByKind.ToDictionary(server => server.Key, server => server.Value.With($"servers.{server.Key.ToString().ToLowerInvariant()}", values)),
    };

    private static ServerSettings With(this ServerSettings server, string path, Placeholders values) => server with
    {
        Replicas = values.Number($"{path}.replicas", server.Replicas, 1, 9),
        Poolers = values.Number($"{path}.poolers", server.Poolers, 1, 9),
        Synchronous = values.Number($"{path}.synchronous", server.Synchronous, 0, 8),
        Cpu = server.Cpu.With(path, values),
        Memory = server.Memory.With(path, values),
        Storage = values.Text($"{path}.storage", server.Storage, SettingsFields.QuantityPattern),
    };

    private static ServiceSettings With(this ServiceSettings service, bool isPublic, string path, Placeholders values) => service with
    {
        Rollout = service.Storage is null ? values.OneOf($"{path}.rollout", service.Rollout) : service.Rollout,
        Host = !isPublic ? null : values.Optional($"{path}.host", service.Host, Host, ServiceSettings.AnyHost),
        Replicas = new Environments.Range(values.Number($"{path}.replicas.min", service.Replicas.Min, 1, 1000), values.Number($"{path}.replicas.max", service.Replicas.Max, 1, 1000)),
        Cpu = service.Cpu.With(path, values),
        Memory = service.Memory.With(path, values),
        Scaling = service.Scaling.With($"{path}.scaling", values),
        Storage = service.Storage is { } storage ? storage with { Size = values.Text($"{path}.storage", storage.Size, SettingsFields.QuantityPattern) } : null,
    };

    private static Scaling With(this Scaling scaling, string path, Placeholders values) => new(
        values.Number($"{path}.cpu", scaling.Cpu, 1, 100),
        values.Number($"{path}.memory", scaling.Memory, 1, 1000),
        scaling.Requests is { } requests ? values.Number($"{path}.requests", requests, 1, 1_000_000) : null,
        scaling.Queued is { } queued ? values.Number($"{path}.queued", queued, 1, 1_000_000) : null);

    private static Cpu With(this Cpu cpu, string path, Placeholders values) => new(
        values.Text($"{path}.cpu.request", cpu.Request, SettingsFields.QuantityPattern),
        values.Text($"{path}.cpu.limit", cpu.Limit, SettingsFields.QuantityPattern));

    private static Memory With(this Memory memory, string path, Placeholders values) => new(
        values.Text($"{path}.memory.request", memory.Request, SettingsFields.QuantityPattern),
        values.Text($"{path}.memory.limit", memory.Limit, SettingsFields.QuantityPattern));
}
