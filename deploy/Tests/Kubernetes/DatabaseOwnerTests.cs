namespace ShopFlow.Export.Tests.Kubernetes;

public sealed class DatabaseOwnerTests
{
    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task No_service_logs_in_as_superuser(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var users = objects.Single(it => it.Kind == "ConfigMap" && it.Name.StartsWith("parameters-", StringComparison.Ordinal)).Json["data"]!;

        foreach (var service in objects.Where(it => it.Kind is "Deployment" or "Job").SelectMany(it => it.Containers))
            foreach (var text in (service["env"]?.AsArray() ?? []).Select(variable => $"{variable!["value"]}").Where(text => text.StartsWith("Host=", StringComparison.Ordinal)))
            {
                Assert.Matches(@";Username=\$\(PARAMETER_[A-Z]+_USER\);", text);
                var database = text.Split("Database=")[1].Split(';')[0];
                Assert.Equal(database, $"{users[$"{database}-user"]}");
            }
    }

    [Theory]
    [InlineData("staging", 2)]
    [InlineData("production", 3)]
    public async Task A_cluster_has_a_database_that_its_user_owns_readers_beside_the_writer_and_backups_that_end(string environment, int instances)
    {
        var objects = await Overlays.BuildAsync(environment);
        var clusters = objects.Where(it => it.Kind == "Cluster").ToArray();

        Assert.Equal(8, clusters.Length);
        Assert.All(clusters, it =>
        {
            var name = it.Name.Replace("-postgres-cluster", "");
            var start = it.Spec["bootstrap"]!["initdb"]!;
            Assert.Equal((name, name, $"{name}-postgres-password"), ($"{start["database"]}", $"{start["owner"]}", $"{start["secret"]!["name"]}"));
            Assert.False(it.Spec["enableSuperuserAccess"]!.GetValue<bool>());
            Assert.Equal(instances, it.Spec["instances"]!.GetValue<int>());
            Assert.Equal("30d", $"{it.Spec["backup"]!["retentionPolicy"]}");
            Assert.Single(objects, backup => backup.Kind == "ScheduledBackup" && $"{backup.Spec["cluster"]!["name"]}" == it.Name);
            Assert.Single(objects, pooler => pooler.Kind == "Pooler" && $"{pooler.Spec["cluster"]!["name"]}" == it.Name);
        });
        var broker = objects.Single(it => it.Kind == "RabbitmqCluster");
        Assert.Equal(3, broker.Spec["replicas"]!.GetValue<int>());
        Assert.Contains("default_queue_type = quorum\n", $"{broker.Spec["rabbitmq"]!["additionalConfig"]}");
    }

    [Fact]
    public async Task In_dev_the_first_start_of_a_server_makes_the_owner_and_the_database()
    {
        var objects = await Overlays.BuildAsync("dev");
        var server = objects.Single(it => it is { Kind: "StatefulSet", Name: "ordersdb-postgres" });
        var container = server.Containers.Single();
        var configuration = objects.Single(it => it.Kind == "ConfigMap" && it.Name == $"{container["envFrom"]![0]!["configMapRef"]!["name"]}").Json["data"]!.AsObject();

        Assert.Equal("ordersdb", $"{configuration["DATABASE_NAMES"]}");
        Assert.Contains("--auth-local=peer", $"{configuration["POSTGRES_INITDB_ARGS"]}");
        Assert.DoesNotContain(container["env"]!.AsArray(), variable => $"{variable!["name"]}" == "POSTGRES_USER");
        Assert.Equal("ordersdb-user", $"{container["env"]!.AsArray().Single(variable => $"{variable!["name"]}" == "DATABASE_OWNER")!["valueFrom"]!["configMapKeyRef"]!["key"]}");
        Assert.Single(container["volumeMounts"]!.AsArray(), mount => $"{mount!["mountPath"]}" == "/docker-entrypoint-initdb.d");
        Assert.Contains(objects, it => it is { Kind: "ConfigMap", Name: "ordersdb-postgres-first-start" });
    }

    [Theory]
    [InlineData("postgresql: {replicas: 2}", "postgresql: {replicas: 1}", "servers.postgresql.replicas")]
    [InlineData("rabbitmq: {replicas: 3}", "rabbitmq: {replicas: 4}", "servers.rabbitmq.replicas")]
    [InlineData("backups: s3://shopflow-staging-backups", "backups: nowhere", "servers.backups")]
    public async Task Operators_need_nodes_that_can_take_over_and_a_place_for_backups(string found, string replacement, string field)
    {
        var input = (await AppHostManifest.InputAsync("staging")).With("staging.yaml", found, replacement);
        Assert.Equal(field, Assert.Single(Assert.Throws<ExportException>(() => Exporter.Export(input)).Problems).Field);
    }
}
