using System.Globalization;
using System.Text.RegularExpressions;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Environments;

/// <summary>Reads what is said of one service.</summary>
internal sealed partial class ServiceSettingsReader(ShopModel model)
{
    public ServiceSettings Read(Service service, SettingsFields fields)
    {
        var replicas = fields.Object("replicas");
        var range = new Range(replicas.Integer("min", 1, 1000), replicas.Integer("max", 1, 1000));
        var storage = fields.OptionalObject("storage") is { } disk ? new Storage(disk.Text("path"), disk.Quantity("size")) : null;
        var scaling = fields.Object("scaling");
        var rollout = fields.Choice<RolloutKind>("rollout");
        var limits = fields.Object("limits");
        var host = fields.OptionalText("host");
        var calls = ReadCalls(fields.OptionalObject("calls"));

        if (range.Min > range.Max)
            replicas.Wrong("min", $"is more than max, which is {range.Max}");
        if (storage is not null && range.Max > 1)
            fields.Wrong("replicas", "a service with a disk of its own has one replica");
        if (rollout != RolloutKind.Rolling && (storage is not null || service.Http is null))
            fields.Wrong("rollout", "must be rolling: only a service that answers HTTP and has no disk of its own can run beside its next version");
        if (!model.UsesBroker(service) && scaling.OptionalText("queued") is not null)
            scaling.Wrong("queued", $"the model gives {service.Name} no broker: nothing waits for it");
        if (service.IsPublic && host is null)
            fields.Wrong("host", $"is missing: the model lets the internet reach {service.Name}; 'none' takes that back here");
        if (!service.IsPublic && host is not (null or "none"))
            fields.Wrong("host", $"the model does not let the internet reach {service.Name}: it has no WithExternalHttpEndpoints()");

        return new ServiceSettings(
            range, fields.Cpu(), fields.Memory(), new Scaling(
                scaling.Integer("cpu", 1, 100), scaling.Integer("memory", 1, 1000),
                scaling.OptionalInteger("requests", 1, 1_000_000), scaling.OptionalInteger("queued", 1, 1_000_000)),
            rollout, new Limits(limits.Percent("errors"), limits.Duration("p99")), fields.Texts("checks") is { Count: > 0 } checks ? checks : ["/health/ready"],
            service.IsPublic && host != "none" ? host : null, fields.Texts("streams"), calls, ReadOutside(fields), storage);
    }

    private static IReadOnlyList<OutsideHost> ReadOutside(SettingsFields fields)
    {
        var hosts = fields.Texts("outside").Select(text => OutsideForm().Match(text)).ToArray();
        if (hosts.All(match => match.Success))
            return [.. hosts.Select(match => new OutsideHost(match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))];

        fields.Wrong("outside", "must be a list of hosts with a port, as 'mail.example:587' or '*:443'");
        return [];
    }

    private Dictionary<string, IReadOnlyList<Operation>> ReadCalls(SettingsFields? fields)
    {
        var calls = new Dictionary<string, IReadOnlyList<Operation>>();
        foreach (var caller in fields?.Names ?? [])
        {
            var operations = fields!.Texts(caller).Select(text => OperationForm().Match(text)).ToArray();
            if (caller is not (ServiceSettings.OtherCallers or ServiceSettings.Internet) && model.Workloads.All(workload => workload.Name != caller))
                fields.Wrong(caller, "the model has no such caller");
            else if (operations.Length == 0 || operations.Any(match => !match.Success))
                fields.Wrong(caller, "must be a list of operations, as 'GET /products/*' or '* /cart'");
            else
                calls[caller] = [.. operations.Select(match => new Operation(match.Groups[1].Value, match.Groups[2].Value))];
        }

        return calls;
    }

    [GeneratedRegex(@"^(\*|[a-z0-9][a-z0-9.-]*\.[a-z]+):([1-9]\d{0,3}|[1-5]\d{4})$")]
    private static partial Regex OutsideForm();

    [GeneratedRegex(@"^(\*|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (/[^\s]*)$")]
    private static partial Regex OperationForm();
}
