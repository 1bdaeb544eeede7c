using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>
/// PostgreSQL by CloudNativePG and RabbitMQ by its cluster operator. Services find them under the same name as in dev: that of the pooler, and
/// that of the broker's cluster.
/// </summary>
internal static class OperatorServers
{
    private const string CloudNativePg = "postgresql.cnpg.io/v1";

    // 4369 and 25672: how nodes of a broker find and talk to each other.
    private static readonly int[] s_brokerPeers = [4369, 25672];

    // 5432 and 8000: replication, and the state that the operator asks for.
    private static readonly int[] s_databasePeers = [5432, 8000];

    public static bool Has(ServerKind kind) => kind is ServerKind.PostgreSql or ServerKind.RabbitMq;

    public static IEnumerable<JsonObject> Create(Server server, ShopModel model, EnvironmentSettings settings) => server.Kind == ServerKind.PostgreSql
        ? Database(server, model, settings)
        : Broker(server, model, settings);

    public static string ClusterOf(Server server) => $"{server.Name}-cluster";

    private static IEnumerable<JsonObject> Database(Server server, ShopModel model, EnvironmentSettings settings)
    {
        var (own, cluster, component) = (settings.Servers.ByKind[server.Kind], ClusterOf(server), ServerWorkload.Component(server));
        var toCluster = NetworkRules.To([NetworkRules.PodsNamed(cluster)], [5432]);
        return
        [
            Cluster(server, own, settings),
            Backup(cluster, component),
            Pooler(server, own, cluster),
            MeshRules.Authorization(server, model, settings: null, component)!,
            MeshTraffic.Destination(server, component),
            MeshTraffic.Sidecar(server.Name, component, [$"{cluster}-rw"], "default/kubernetes.default.svc.cluster.local"),
            NetworkRules.For(server, model, component, egress: [toCluster, NetworkRules.ToKubernetes()]),
            NetworkRules.Policy(
                cluster,
                component,
                PodsOf(cluster),
                ingress:
                [
                    NetworkRules.From([NetworkRules.PodsNamed(server.Name)], [5432]),
                    NetworkRules.From([NetworkRules.PodsNamed(cluster), NetworkRules.Namespace(Names.PostgresOperatorNamespace)], s_databasePeers),
                ],
                // Kubernetes and the bucket have no pods that a rule could name.
                egress: [NetworkRules.To([NetworkRules.PodsNamed(cluster)], s_databasePeers), NetworkRules.ToKubernetes()]),
        ];
    }

    private static JsonObject Cluster(Server server, ServerSettings own, EnvironmentSettings settings)
    {
        var name = ClusterOf(server);
        var labels = Labels(name, ServerWorkload.Component(server));
        // PgBouncer in front of it is in the mesh; the nodes encrypt among themselves with certificates of the operator.
        labels["sidecar.istio.io/inject"] = "false";
        labels["version"] = server.Version;

        var storage = new JsonObject { ["size"] = own.Storage };
        if (settings.Servers.StorageClass is { } storageClass)
            storage["storageClass"] = storageClass;

        return Objects.Create(CloudNativePg, "Cluster", name, ServerWorkload.Component(server), new JsonObject
        {
            ["instances"] = own.Replicas,
            ["imageName"] = $"ghcr.io/cloudnative-pg/postgresql:{server.Version}",
            ["enableSuperuserAccess"] = true,
            ["superuserSecret"] = new JsonObject { ["name"] = server.Password },
            ["inheritedMetadata"] = new JsonObject { ["labels"] = labels },
            ["priorityClassName"] = Tenancy.ServerPriority,
            ["affinity"] = new JsonObject
            {
                ["enablePodAntiAffinity"] = true, ["podAntiAffinityType"] = "preferred", ["topologyKey"] = "topology.kubernetes.io/zone",
            },
            ["minSyncReplicas"] = own.Synchronous,
            ["maxSyncReplicas"] = own.Synchronous,
            ["resources"] = Pods.Resources(own.Cpu, own.Memory),
            ["storage"] = storage,
            ["serviceAccountTemplate"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["eks.amazonaws.com/role-arn"] = settings.Servers.BackupRole } },
            },
            ["backup"] = new JsonObject
            {
                ["retentionPolicy"] = "30d",
                ["barmanObjectStore"] = new JsonObject
                {
                    ["destinationPath"] = $"{settings.Servers.Backups}/{server.Name}",
                    ["s3Credentials"] = new JsonObject { ["inheritFromIAMRole"] = true },
                    ["wal"] = new JsonObject { ["compression"] = "gzip" },
                },
            },
        });
    }

    private static JsonObject Backup(string cluster, string component) => Objects.Create(CloudNativePg, "ScheduledBackup", cluster, component, new JsonObject
    {
        // Seconds come first: at two in the morning.
        ["schedule"] = "0 0 2 * * *",
        ["backupOwnerReference"] = "self",
        ["cluster"] = new JsonObject { ["name"] = cluster },
    });

    private static JsonObject Pooler(Server server, ServerSettings own, string cluster) => Objects.Create(CloudNativePg, "Pooler", server.Name, ServerWorkload.Component(server), new JsonObject
    {
        ["cluster"] = new JsonObject { ["name"] = cluster },
        ["instances"] = own.Poolers,
        ["type"] = "rw",
        ["pgbouncer"] = new JsonObject
        {
            // LISTEN, advisory locks and prepared statements belong to a session.
            ["poolMode"] = "session",
            ["parameters"] = new JsonObject { ["max_client_conn"] = "1000", ["default_pool_size"] = "80" },
        },
        ["template"] = Pooling(server),
    });

    private static JsonObject Pooling(Server server)
    {
        var template = Pods.Template(server.Name, ServerWorkload.Component(server), new JsonObject
        {
            ["priorityClassName"] = Tenancy.ServerPriority,
            ["affinity"] = Pods.ApartFrom(server.Name),
            ["containers"] = new JsonArray(new JsonObject
            {
                ["name"] = "pgbouncer",
                ["resources"] = Pods.Resources(new Cpu("100m", "1"), new Memory(64, 2)),
                ["securityContext"] = Pods.SecurityOfContainer(),
            }),
        });
        template["metadata"]!["labels"]!["version"] = server.Version;
        return template;
    }

    private static IEnumerable<JsonObject> Broker(Server server, ShopModel model, EnvironmentSettings settings)
    {
        var (own, component) = (settings.Servers.ByKind[server.Kind], ServerWorkload.Component(server));
        var peers = NetworkRules.PodsNamed(server.Name);
        var authorization = MeshRules.Authorization(server, model, settings: null, component)!;
        authorization["spec"]!["rules"]!.AsArray().Add(MeshRules.Rule($"{server.Name}-server", s_brokerPeers));
        return
        [
            BrokerCluster(server, own, settings),
            authorization,
            MeshTraffic.Destination(server, component),
            MeshTraffic.Sidecar(server.Name, component, [$"{server.Name}-nodes"], "default/kubernetes.default.svc.cluster.local"),
            NetworkRules.For(
                server, model, component,
                ingress: [NetworkRules.From([peers], s_brokerPeers)],
                egress: [NetworkRules.To([peers.DeepClone().AsObject()], s_brokerPeers), NetworkRules.ToKubernetes()]),
        ];
    }

    private static JsonObject BrokerCluster(Server server, ServerSettings own, EnvironmentSettings settings)
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
