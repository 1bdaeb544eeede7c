using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Kubernetes;

/// <summary>What services hold the certificates of AWS's databases against. They are read at each connection, so the name needs no hash.</summary>
internal static class ServerCertificates
{
    private const string ConfigMap = "server-certificates";

    public static IEnumerable<JsonObject> Create(ManagedServers? managed)
    {
        if (managed is null)
            return [];

        var created = Objects.Create("v1", "ConfigMap", ConfigMap, Tenancy.Component);
        created["data"] = new JsonObject { [Path.GetFileName(ManagedServers.CertificatesFile)] = managed.Certificates };
        return [created];
    }

    /// <summary>Gives them to a pod whose variables name the file.</summary>
    public static void Mount(Service service, JsonObject pod, JsonObject container)
    {
        if (service.Variables.SelectMany(variable => variable.Value.Parts).OfType<FixedText>().Any(part => part.Text.Contains(ManagedServers.CertificatesFile)))
            Pods.MountConfigMap(pod, container, ConfigMap, ConfigMap, Path.GetDirectoryName(ManagedServers.CertificatesFile)!);
    }
}
