using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Kubernetes;

/// <summary>RabbitMQ by its cluster operator, under the server's name. See https://www.rabbitmq.com/kubernetes/operator/using-operator.</summary>
internal static class BrokerCluster
{
    // 4369 and 25672: how the nodes find and talk to each other.
    private static readonly int[] s_peers = [4369, 25672];

    public static IEnumerable<JsonObject> Create(Server server, ShopModel model, EnvironmentSettings settings)
    {
        var (own, component) = (settings.Servers.ByKind[server.Kind], ServerWorkload.Component(server));
        var peers = NetworkRules.PodsNamed(server.Name);
        var authorization = MeshRules.Authorization(server, model, settings: null, component)!;
        authorization["spec"]!["rules"]!.AsArray().Add(MeshRules.Rule($"{server.Name}-server", s_peers));
        return
        [
            Cluster(server, own, settings),
            ServiceObjects.DisruptionBudget(server.Name, component),
            authorization,
            MeshTraffic.Destination(server, component),
            MeshTraffic.Sidecar(server.Name, component, [Names.Host($"{server.Name}-nodes")], "default/kubernetes.default.svc.cluster.local"),
            NetworkRules.For(
                server, model, component,
                ingress: [NetworkRules.From([peers], s_peers)],
                egress: [NetworkRules.To([peers.DeepClone().AsObject()], s_peers), NetworkRules.ToKubernetes()]),
        ];
    }

    private static JsonObject Cluster(Server server, ServerSettings own, EnvironmentSettings settings)
    {
        JsonObject Hardened(string container) => new() { ["name"] = container, ["securityContext"] = Pods.SecurityOfContainer() };

        var persistence = new JsonObject { ["storage"] = own.Storage };
        if (settings.Servers.StorageClass is { } storageClass)
            persistence["storageClassName"] = storageClass;

        var template = new JsonObject
        {
            ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["version"] = server.Version } },
            ["spec"] = new JsonObject
            {
                ["priorityClassName"] = Tenancy.ServerPriority,
                ["securityContext"] = Pods.SecurityOfPod(Pods.ServerUser),
                ["topologySpreadConstraints"] = Pods.SpreadOver(server.Name, "topology.kubernetes.io/zone"),
                ["initContainers"] = new JsonArray(Hardened("setup-container")),
                ["containers"] = new JsonArray(Hardened("rabbitmq")),
            },
        };
        Pods.AddScraping(template, Metrics.BrokerPort, Metrics.BrokerPath);

        return Objects.Create("rabbitmq.com/v1beta1", "RabbitmqCluster", server.Name, ServerWorkload.Component(server), new JsonObject
        {
            ["image"] = server.Image,
            ["replicas"] = own.Replicas,
            ["persistence"] = persistence,
            ["resources"] = Pods.Resources(own.Cpu, own.Memory),
            ["secretBackend"] = new JsonObject { ["externalSecret"] = new JsonObject { ["name"] = server.Password } },
            // A side that has lost the majority stops, so that no message is taken twice over.
            ["rabbitmq"] = new JsonObject { ["additionalConfig"] = "cluster_partition_handling = pause_minority\ndefault_queue_type = quorum\n" },
            ["override"] = new JsonObject { ["statefulSet"] = new JsonObject { ["spec"] = new JsonObject { ["template"] = template } } },
        });
    }
}
