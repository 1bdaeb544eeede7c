using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>A server from the image that the model names, as a StatefulSet with its data on a disk.</summary>
internal static class ServerWorkload
{
    public static string Component(Server server) => server.Kind switch
    {
        ServerKind.PostgreSql => "database",
        ServerKind.RabbitMq => "broker",
        ServerKind.Redis => "cache",
        _ => "server",
    };

    public static JsonObject Create(Server server, ServerSettings settings, string? storageClass)
    {
        var component = Component(server);
        var template = Pods.Template(server.Name, component, PodSpec(server, settings));
        template["metadata"]!["labels"]!["app.kubernetes.io/version"] = server.Version;
        template["metadata"]!["labels"]!["version"] = server.Version;
        if (server.Kind == ServerKind.RabbitMq)
            Pods.AddScraping(template, Metrics.BrokerPort, Metrics.BrokerPath);
        var spec = new JsonObject
        {
            ["serviceName"] = server.Name,
            ["replicas"] = 1,
            ["selector"] = PodsOf(server.Name),
            ["template"] = template,
        };
        if (server.Volumes.Count > 0)
            spec["volumeClaimTemplates"] = Pods.VolumeClaims("data", settings.Storage, storageClass);

        return Objects.Create("apps/v1", "StatefulSet", server.Name, component, spec);
    }

    private static JsonObject PodSpec(Server server, ServerSettings settings)
    {
        var scratch = ScratchFolders(server.Kind).Select((path, index) => Pods.Scratch($"scratch-{index}", path)).ToArray();
        var container = Container(server, settings, scratch.Select(folder => folder.Mount));
        var pod = new JsonObject
        {
            ["serviceAccountName"] = server.Name,
            ["automountServiceAccountToken"] = false,
            ["enableServiceLinks"] = false,
            ["priorityClassName"] = Tenancy.ServerPriority,
            ["terminationGracePeriodSeconds"] = 60,
            ["securityContext"] = Pods.SecurityOfPod(Pods.ServerUser),
            ["containers"] = new JsonArray(container),
            ["volumes"] = List(scratch.Select(folder => folder.Volume)),
        };
        DatabaseOwner.Mount(server, pod, container);
        return pod;
    }

    private static JsonObject Container(Server server, ServerSettings settings, IEnumerable<JsonObject> scratch)
    {
        var container = new JsonObject { ["name"] = server.Name, ["image"] = server.Image, ["imagePullPolicy"] = "IfNotPresent" };
        if (server.Entrypoint is { } entrypoint)
            container["command"] = new JsonArray(entrypoint);
        if (server.Arguments.Count > 0)
            container["args"] = Strings(server.Arguments.Select(Variables.Text));

        if (Variables.Constants(server).Any())
            container["envFrom"] = Variables.FromConfigMap(server.Name);
        container["env"] = Variables.Of(server);
        container["ports"] = Pods.Ports(server);
        AddProbes(container, server);
        container["resources"] = Pods.Resources(settings.Cpu, settings.Memory);
        container["securityContext"] = Pods.SecurityOfContainer();
        container["volumeMounts"] = List([.. server.Volumes.Select(volume => Pods.Mount("data", volume.Target)), .. scratch]);
        return container;
    }

    // A server that recovers from a crash is alive and not ready for as long as that takes.
    private static void AddProbes(JsonObject container, Server server)
    {
        JsonObject Check() => CheckOf(server);
        container["startupProbe"] = With(Check(), period: 5, failures: 60);
        container["livenessProbe"] = With(Check(), period: 30, failures: 6);
        container["readinessProbe"] = With(Check(), period: 10, failures: 3);
    }

    private static JsonObject CheckOf(Server server) => server.Kind switch
    {
        ServerKind.PostgreSql => Command("pg_isready", "--username", DatabaseOwner.Superuser),
        ServerKind.RabbitMq => Command("rabbitmq-diagnostics", "--quiet", "check_port_connectivity"),
        ServerKind.Redis => Command("sh", "-c", "REDISCLI_AUTH=$REDIS_PASSWORD redis-cli ping | grep -q PONG"),
        _ => new JsonObject { ["tcpSocket"] = new JsonObject { ["port"] = server.Endpoints.FirstOrDefault()?.Name ?? "" } },
    };

    private static JsonObject Command(params IEnumerable<string> words) => new() { ["exec"] = new JsonObject { ["command"] = Strings(words) } };

    private static JsonObject With(JsonObject check, int period, int failures)
    {
        check["periodSeconds"] = period;
        check["timeoutSeconds"] = 10;
        check["failureThreshold"] = failures;
        return check;
    }

    // What the images write to besides their data; their root is read-only.
    private static IEnumerable<string> ScratchFolders(ServerKind kind) => kind switch
    {
        ServerKind.PostgreSql => ["/tmp", "/var/run/postgresql"],
        ServerKind.RabbitMq => ["/tmp", "/var/log/rabbitmq"],
        _ => ["/tmp"],
    };
}
