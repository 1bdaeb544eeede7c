using System.Globalization;
using System.Text.RegularExpressions;
using ShopFlow.Export.Manifests;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Environments;

/// <summary>Reads how an environment runs PostgreSQL, RabbitMQ and Redis.</summary>
/// <param name="files">The text of each file by its name.</param>
internal sealed partial class ServersSettingsReader(ShopModel model, IReadOnlyDictionary<string, string> files)
{
    public ServersSettings Read(SettingsFields fields)
    {
        var settings = new ServersSettings(
            fields.Choice<ServersRun>("run"),
            fields.OptionalText("storageClass"),
            fields.OptionalText("backups"),
            fields.OptionalText("backupRole"),
            fields.Integer("keepBackups", 1, 365),
            Enum.GetValues<ServerKind>().ToDictionary(kind => kind, kind => ReadServer(fields.Object(kind.ToString().ToLowerInvariant()))));
        if (settings.Run == ServersRun.Operators)
            CheckOperated(settings, fields);
        return settings.Run == ServersRun.Aws ? settings with { Managed = ReadManaged(fields) } : settings;
    }

    private static ServerSettings ReadServer(SettingsFields fields) =>
        new(fields.Cpu(), fields.Memory(), fields.Quantity("storage"), fields.Integer("replicas", 1, 9));

    private static void CheckOperated(ServersSettings settings, SettingsFields fields)
    {
        if (settings.Backups?.StartsWith("s3://", StringComparison.Ordinal) != true)
            fields.Wrong("backups", "must be a bucket, as s3://shop-backups: operators write the databases' backups there");
        if (settings.BackupRole is null)
            fields.Wrong("backupRole", "is missing: the AWS role that may write backups");
        if (settings.ByKind[ServerKind.PostgreSql].Replicas < 2)
            fields.Object("postgresql").Wrong("replicas", "must be 2 or more with operators: one that is written and read, the others stand by");
        if (settings.ByKind[ServerKind.RabbitMq].Replicas is var nodes && (nodes < 3 || nodes % 2 == 0))
            fields.Object("rabbitmq").Wrong("replicas", "must be 3 or another odd number above with operators: quorum queues go by the majority");
    }

    private ManagedServers ReadManaged(SettingsFields fields)
    {
        var networks = fields.Texts("networks");
        if (networks.Count == 0 || networks.Any(network => !NetworkForm().IsMatch(network)))
            fields.Wrong("networks", "must be the networks of the managed servers, as [10.0.0.0/16]: nothing else may be called there");

        var (hosts, addresses) = (fields.Object("hosts"), new Dictionary<string, OutsideAddress>());
        foreach (var server in model.Servers)
        {
            if (UsualPort(server.Kind) is not { } port)
                hosts.Wrong(server.Name, $"AWS manages PostgreSQL, RabbitMQ and Redis, and {server.Name} is none of these");
            else if (HostForm().Match(hosts.Text(server.Name)) is { Success: true } match)
                addresses[server.Name] = new(
                    match.Groups[1].Value, match.Groups[3].Success ? int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture) : port, networks);
            else if (hosts.OptionalText(server.Name) is not null)
                hosts.Wrong(server.Name, "must be a host, with a port if it is not the usual one, as shop.abc.eu-west-1.rds.amazonaws.com:5432");
        }

        foreach (var name in hosts.Names.Where(name => model.Servers.All(server => server.Name != name)))
            hosts.Wrong(name, "the model has no such server");
        return new ManagedServers(addresses, ReadCertificates(fields));
    }

    private string ReadCertificates(SettingsFields fields)
    {
        const string Remedy = "AWS signs its databases' certificates itself: get https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem";

        var file = fields.Text("certificates");
        if (file.Length == 0)
            return "";
        if (!files.TryGetValue(file, out var text))
            fields.Wrong("certificates", $"there is no {file} in deploy/environments. {Remedy}");
        else if (!text.Contains("-----BEGIN CERTIFICATE-----") || text.Contains("PRIVATE KEY"))
            fields.Wrong("certificates", $"{file} must hold certificates, as PEM, and nothing else. {Remedy}");
        return text ?? "";
    }

    private static int? UsualPort(ServerKind kind) => kind switch
    {
        ServerKind.PostgreSql => 5432,
        ServerKind.RabbitMq => 5671,
        ServerKind.Redis => 6379,
        _ => null,
    };

    [GeneratedRegex(@"^([a-z0-9][a-z0-9.-]*\.[a-z]+)(:([1-9]\d{0,3}|[1-5]\d{4}))?$")]
    private static partial Regex HostForm();

    [GeneratedRegex(@"^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}/([89]|[12]\d|3[0-2])$")]
    private static partial Regex NetworkForm();
}
