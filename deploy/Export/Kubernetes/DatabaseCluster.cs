using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>
/// PostgreSQL by CloudNativePG, behind a PgBouncer that has the server's name. One node is written, the others stand by and can be read.
/// See https://cloudnative-pg.io/docs.
/// </summary>
internal static class DatabaseCluster
{
    private const string CloudNativePg = "postgresql.cnpg.io/v1";

    // 5432 and 8000: replication, and the state that the operator asks for.
    private static readonly int[] s_peers = [5432, 8000];

    public static IEnumerable<JsonObject> Create(Server server, ShopModel model, EnvironmentSettings settings)
    {
        var (own, cluster, component) = (settings.Servers.ByKind[server.Kind], Names.DatabaseCluster(server.Name), ServerWorkload.Component(server));
        var toCluster = NetworkRules.To([NetworkRules.PodsNamed(cluster)], [5432]);
        return
        [
            Cluster(server, own, settings),
            Backup(cluster, component),
            Pooler(server, own, cluster),
            ServiceObjects.DisruptionBudget(server.Name, component),
            MeshRules.Authorization(server, model, settings: null, component)!,
            MeshTraffic.Destination(server, component),
            MeshTraffic.Sidecar(server.Name, component, [Names.Host($"{cluster}-rw")], "default/kubernetes.default.svc.cluster.local"),
            NetworkRules.For(server, model, component, egress: [toCluster, NetworkRules.ToKubernetes()]),
            NetworkRules.Policy(
                cluster,
                component,
                PodsOf(cluster),
                ingress:
                [
                    NetworkRules.From([NetworkRules.PodsNamed(server.Name)], [5432]),
                    NetworkRules.From([NetworkRules.PodsNamed(cluster), NetworkRules.Namespace(Names.PostgresOperatorNamespace)], s_peers),
                ],
                // Kubernetes and the bucket have no pods that a rule could name.
                egress: [NetworkRules.To([NetworkRules.PodsNamed(cluster)], s_peers), NetworkRules.ToKubernetes()]),
        ];
    }

    private static JsonObject Cluster(Server server, ServerSettings own, EnvironmentSettings settings)
    {
        var name = Names.DatabaseCluster(server.Name);
        var labels = Labels(name, ServerWorkload.Component(server));
        // PgBouncer in front of it is in the mesh; the nodes encrypt among themselves with certificates of the operator.
        labels["sidecar.istio.io/inject"] = "false";
        labels["version"] = server.Version;

        var storage = new JsonObject { ["size"] = own.Storage };
        if (settings.Servers.StorageClass is { } storageClass)
            storage["storageClass"] = storageClass;

        var created = Objects.Create(CloudNativePg, "Cluster", name, ServerWorkload.Component(server), new JsonObject
        {
            ["instances"] = own.Replicas,
            ["imageName"] = $"ghcr.io/cloudnative-pg/postgresql:{server.Version}",
            ["enableSuperuserAccess"] = !DatabaseOwner.Has(server),
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
                ["retentionPolicy"] = $"{settings.Servers.DaysOfBackups}d",
                ["barmanObjectStore"] = new JsonObject
                {
                    ["destinationPath"] = $"{settings.Servers.Backups}/{server.Name}",
                    ["s3Credentials"] = new JsonObject { ["inheritFromIAMRole"] = true },
                    ["wal"] = new JsonObject { ["compression"] = "gzip" },
                },
            },
        });
        if (DatabaseOwner.Has(server))
            created["spec"]!["bootstrap"] = new JsonObject { ["initdb"] = FirstStart(server, settings) };
        else
            created["spec"]!["superuserSecret"] = new JsonObject { ["name"] = server.Password };
        return created;
    }

    private static JsonObject FirstStart(Server server, EnvironmentSettings settings)
    {
        var owner = settings.Fill(server.User);
        var start = new JsonObject
        {
            ["database"] = server.Databases.FirstOrDefault() ?? owner,
            ["owner"] = owner,
            ["secret"] = new JsonObject { ["name"] = server.Password },
        };
        if (server.Databases.Count > 1)
            start["postInitSQL"] = Strings(server.Databases.Skip(1).Select(name => $"CREATE DATABASE \"{name}\" OWNER \"{owner}\""));
        return start;
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
}
