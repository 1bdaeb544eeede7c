using ShopFlow.Export.Model;
using ShopFlow.Flags;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ShopFlow.Export.Environments;

/// <summary>
/// Reads <c>common.yaml</c> and the file of an environment on top of it, and holds both against the model. A service takes
/// <c>defaults</c>, then what is said of it by name; the environment's file wins.
/// </summary>
internal sealed class SettingsReader(ShopModel model, ProblemList problems)
{
    public const string CommonFile = $"{EnvironmentSettings.Common}.yaml";

    /// <summary>What holds where an environment says nothing else: the base.</summary>
    /// <param name="files">The text of each file by its name.</param>
    public EnvironmentSettings Read(IReadOnlyDictionary<string, string> files) => Read(EnvironmentSettings.Common, Parse(CommonFile, files), files);

    /// <summary>Where the images are and their tag, where an environment says nothing else.</summary>
    public (string Registry, string Version) ReadImages(IReadOnlyDictionary<string, string> files)
    {
        var fields = new SettingsFields(Parse(CommonFile, files), problems);
        return (fields.Text("registry"), fields.Text("version"));
    }

    /// <param name="files">The text of each file by its name.</param>
    public EnvironmentSettings Read(string environment, IReadOnlyDictionary<string, string> files) =>
        Read(environment, Parse(CommonFile, files).With(Parse($"{environment}.yaml", files)), files);

    private EnvironmentSettings Read(string environment, SettingsNode root, IReadOnlyDictionary<string, string> files)
    {
        var (file, fields) = ($"{environment}.yaml", new SettingsFields(root, problems));

        var settings = new EnvironmentSettings(environment)
        {
            Domain = fields.Text("domain"),
            IsPlainHttp = fields.Boolean("plainHttp"),
            Registry = fields.Text("registry"),
            Version = fields.Text("version"),
            Parameters = ReadParameters(file, fields),
            Flags = ReadFlags(fields.OptionalObject("flags")),
            HasCustomMetrics = fields.Boolean("customMetrics"),
            Canary = ReadCanary(fields.Object("canary")),
            GameDay = fields.OptionalObject("gameday") is { } gameDay ? new GameDayReader(model).Read(gameDay) : null,
            Secrets = ReadSecrets(environment, files, fields.Object("secrets")),
            Servers = new ServersSettingsReader(model, files).Read(fields.Object("servers")),
            Ingress = IngressSettings.Read(fields.Object("ingress"), fields.Boolean("plainHttp")),
            Services = ReadServices(file, root, fields),
        };
        if (!settings.IsPlainHttp && settings.Services.FirstOrDefault(service => service.Value.Host == ServiceSettings.AnyHost).Key is { } nameless)
            problems.Add(file, $"services.{nameless}.host", "a certificate needs a name: '*' goes with plainHttp only");
        if (settings is { Servers.Run: not ServersRun.Containers, Secrets.From: SecretsSource.Generated })
            problems.Add(file, "servers.run", "only containers take passwords that are generated in the cluster: set secrets.from to aws or sealed");
        foreach (var unknown in root.Unknown())
            problems.Add(unknown.Source, unknown.Path, "is not known");
        return settings;
    }

    private SettingsNode Parse(string file, IReadOnlyDictionary<string, string> files)
    {
        if (!files.TryGetValue(file, out var text))
        {
            problems.Add(file, "file", "is missing in deploy/environments");
            return SettingsNode.Empty(file, "");
        }

        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is [{ RootNode: YamlMappingNode root }])
                return SettingsNode.From(file, root);

            problems.Add(file, "file", "must be one mapping");
        }
        catch (YamlException e)
        {
            problems.Add($"{file}:{e.Start.Line}", "file", $"is not YAML: {e.Message}");
        }

        return SettingsNode.Empty(file, "");
    }

    private Dictionary<string, string> ReadParameters(string file, SettingsFields fields)
    {
        var given = fields.OptionalObject("parameters");
        var values = new Dictionary<string, string>();
        foreach (var parameter in model.Parameters)
        {
            var value = given?.OptionalText(parameter.Name);
            if (parameter.IsSecret && value is not null)
                given!.Wrong(parameter.Name, "is a secret: it belongs into the secret store, not into a file");
            else if (!parameter.IsSecret && (value ?? parameter.Default) is { } known)
                values[parameter.Name] = known;
            else if (!parameter.IsSecret)
                problems.Add(parameter.Name, "value", $"is missing: it has no default in the model, so {file} has to name it under parameters");
        }

        return values;
    }

    private static Dictionary<string, int> ReadFlags(SettingsFields? given)
    {
        var percents = Flag.All.ToDictionary(flag => flag.Name, flag => flag.IsOnByDefault ? 100 : 0);
        foreach (var name in given?.Names ?? [])
        {
            if (!percents.ContainsKey(name))
                given!.Wrong(name, $"there is no such flag; there are {string.Join(", ", percents.Keys)}");
            else if (given!.OptionalText(name) is { } text && FlagShare.Parse(text) is { } percent)
                percents[name] = percent;
            else
                given.Wrong(name, "must be on, off, or a share of the requests such as 20%");
        }

        return percents;
    }

    private static CanarySettings ReadCanary(SettingsFields fields)
    {
        int[] weights = [.. fields.Texts("weights").Select(text => int.TryParse(text, out var weight) ? weight : 0)];
        if (weights is not [.., 100] || weights[0] < 1 || weights.Zip(weights.Skip(1)).Any(pair => pair.First >= pair.Second))
            fields.Wrong("weights", "must be percentages that grow and end at 100, as [10, 50, 100]");
        return new CanarySettings(weights, Kubernetes.Objects.Text(fields.Duration("pause")));
    }

    private Dictionary<string, ServiceSettings> ReadServices(string file, SettingsNode root, SettingsFields fields)
    {
        var (defaults, named) = (root.Find("defaults"), root.Find("services"));
        var services = new Dictionary<string, ServiceSettings>();
        foreach (var service in model.Services)
        {
            var own = named?.Find(service.Name);
            if (own is null)
                problems.Add(service.Name, "settings", $"are missing: name it under services in {CommonFile} or {file}, if only as '{service.Name}: {{}}'");

            var merged = (defaults ?? SettingsNode.Empty(file, "defaults")).With(own);
            services.Add(service.Name, new ServiceSettingsReader(model).Read(service, new SettingsFields(merged, problems)));
        }

        foreach (var name in fields.Object("services").Names.Where(name => model.Services.All(service => service.Name != name)))
            fields.Object("services").Wrong(name, "the model has no such service");
        return services;
    }

    private SecretsSettings ReadSecrets(string environment, IReadOnlyDictionary<string, string> files, SettingsFields fields)
    {
        var settings = new SecretsSettings(fields.Choice<SecretsSource>("from"), fields.OptionalText("region"));
        if (settings is { From: SecretsSource.Aws, Region: null })
            fields.Wrong("region", "is missing: aws needs it");
        return settings.From == SecretsSource.Sealed && environment != EnvironmentSettings.Common
            ? settings with { Sealed = SealedValues.Read(model, new SettingsFields(Parse(SealedValues.FileOf(environment), files), problems)) }
            : settings;
    }
}
