using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>A service of ours as a Deployment, or as a StatefulSet where it keeps something on a disk.</summary>
internal static class ServiceWorkload
{
    public const string Component = "service";

    // Endpoints and proxies hear of a stop a moment after the pod does; until then it serves on. Then the service has the time that
    // ServiceDefaults gives it to finish what it has begun, and a margin.
    private const int SecondsUntilHeard = 5;
    private const int SecondsToFinish = 4;
    private const int SecondsOfMargin = 11;

    public static JsonObject Create(Service service, ServiceSettings settings, string? storageClass) => settings.Storage is { } storage
        ? Objects.Create("apps/v1", "StatefulSet", service.Name, Component, new JsonObject
        {
            ["serviceName"] = service.Name,
            ["replicas"] = 1,
            ["selector"] = PodsOf(service.Name),
            ["template"] = Template(service, settings),
            ["volumeClaimTemplates"] = Pods.VolumeClaims("data", storage.Size, storageClass),
        })
        : Objects.Create("apps/v1", "Deployment", service.Name, Component, new JsonObject
        {
            ["revisionHistoryLimit"] = 5,
            ["progressDeadlineSeconds"] = 600,
            // A new replica is ready before an old one goes. How many there are is up to the HorizontalPodAutoscaler.
            ["strategy"] = new JsonObject
            {
                ["type"] = "RollingUpdate",
                ["rollingUpdate"] = new JsonObject { ["maxSurge"] = 1, ["maxUnavailable"] = 0 },
            },
            ["selector"] = PodsOf(service.Name),
            ["template"] = Template(service, settings),
        });

    /// <summary>What the service's ConfigMap holds.</summary>
    public static IEnumerable<(string Name, string Value)> Configuration(Service service) =>
    [
        .. Variables.Constants(service),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://otel-collector.{Names.TelemetryNamespace}.svc.cluster.local:{Names.CollectorPort}"),
        ("OTEL_SERVICE_NAME", service.Name),
    ];

    public static JsonObject Container(Service service, Cpu cpu, Memory memory)
    {
        var container = new JsonObject
        {
            ["name"] = service.Name,
            ["image"] = Names.Image(service.Name),
            ["imagePullPolicy"] = "IfNotPresent",
            ["envFrom"] = Variables.FromConfigMap(service.Name),
            ["env"] = Variables.Of(service),
            ["resources"] = Pods.Resources(cpu, memory),
            ["securityContext"] = Pods.SecurityOfContainer(),
        };
        if (service.Arguments.Count > 0)
            container["args"] = Strings(service.Arguments.Select(Variables.Text));
        return container;
    }

    public static JsonObject PodSpec(Service service, JsonObject container)
    {
        var (volume, mount) = Pods.Scratch("tmp", "/tmp");
        container["volumeMounts"] = new JsonArray(mount);
        var pod = new JsonObject
        {
            ["serviceAccountName"] = service.Name,
            ["automountServiceAccountToken"] = false,
            ["enableServiceLinks"] = false,
            ["securityContext"] = Pods.SecurityOfPod(Pods.ServiceUser),
            ["containers"] = new JsonArray(container),
            ["volumes"] = new JsonArray(volume),
        };
        ServerCertificates.Mount(service, pod, container);
        return pod;
    }

    private static JsonObject Template(Service service, ServiceSettings settings)
    {
        var container = Container(service, settings.Cpu, settings.Memory);
        container["ports"] = Pods.Ports(service);
        if (service.Http is { } http)
            AddProbes(container, http.Name);
        container["lifecycle"] = new JsonObject { ["preStop"] = new JsonObject { ["sleep"] = new JsonObject { ["seconds"] = SecondsUntilHeard } } };

        var pod = PodSpec(service, container);
        FeatureFlags.Mount(service, pod, container);
        pod["priorityClassName"] = Tenancy.ServicePriority;
        pod["terminationGracePeriodSeconds"] = SecondsUntilHeard + SecondsToFinish + SecondsOfMargin;
        if (settings.Storage is { } storage)
        {
            container["volumeMounts"]!.AsArray().Add(Pods.Mount("data", storage.Path));
        }
        else
        {
            pod["topologySpreadConstraints"] = Pods.SpreadOver(service.Name, "topology.kubernetes.io/zone", "kubernetes.io/hostname");
            pod["affinity"] = Pods.ApartFrom(service.Name);
        }

        var template = Pods.Template(service.Name, Component, pod);
        if (service.Metrics is { } metrics)
            Pods.AddScraping(template, metrics.TargetPort, "/metrics");
        return template;
    }

    // Live: the process answers; ready: so does what it needs. A service migrates before it listens, and its database may be late.
    private static void AddProbes(JsonObject container, string port)
    {
        container["startupProbe"] = Probe("/health/live", port, period: 2, failures: 150);
        container["livenessProbe"] = Probe("/health/live", port, period: 10, failures: 3);
        container["readinessProbe"] = Probe("/health/ready", port, period: 5, failures: 2);
    }

    private static JsonObject Probe(string path, string port, int period, int failures) => new()
    {
        ["httpGet"] = new JsonObject { ["path"] = path, ["port"] = port },
        ["periodSeconds"] = period,
        ["timeoutSeconds"] = 3,
        ["failureThreshold"] = failures,
    };
}
