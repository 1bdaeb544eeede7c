using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>What a service has besides its pods.</summary>
internal static class ServiceObjects
{
    public static JsonObject Account(string name, string component)
    {
        var account = Create("v1", "ServiceAccount", name, component);
        account["automountServiceAccountToken"] = false;
        return account;
    }

    public static JsonObject Service(Workload workload, string component, string? name = null) => Create("v1", "Service", name ?? workload.Name, component, new JsonObject
    {
        ["type"] = "ClusterIP",
        ["selector"] = new JsonObject { [NameLabel] = workload.Name },
        ["ports"] = List(workload.Endpoints.Select(endpoint => new JsonObject
        {
            ["name"] = endpoint.Name,
            ["appProtocol"] = endpoint.IsHttp ? "http" : "tcp",
            ["port"] = endpoint.Port,
            ["targetPort"] = endpoint.Name,
            ["protocol"] = endpoint.Protocol.ToUpperInvariant(),
        })),
    });

    public static JsonObject DisruptionBudget(string name, string component) => Create("policy/v1", "PodDisruptionBudget", name, component, new JsonObject
    {
        ["maxUnavailable"] = 1,
        ["unhealthyPodEvictionPolicy"] = "AlwaysAllow",
        ["selector"] = PodsOf(name),
    });

    /// <summary>Migrates the databases of a service before its new version rolls out. It may run twice, and beside the old version.</summary>
    public static JsonObject Migration(Service service, ServiceSettings settings)
    {
        var name = Names.Migration(service.Name);
        var container = ServiceWorkload.Container(service, settings.Cpu, settings.Memory);
        container["args"] = new JsonArray("migrate");
        var pod = ServiceWorkload.PodSpec(service, container);
        pod["priorityClassName"] = Tenancy.ServicePriority;
        pod["restartPolicy"] = "Never";

        return Create("batch/v1", "Job", name, "migration", new JsonObject
        {
            ["backoffLimit"] = 6,
            ["activeDeadlineSeconds"] = 600,
            ["ttlSecondsAfterFinished"] = 86400,
            ["template"] = Pods.Template(name, "migration", pod),
        }).InWave(1);
    }
}
