namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>Production with <c>servers.run: aws</c>: one switch, the addresses, and nothing else.</summary>
public sealed class ManagedServersTests
{
    private const string Network = "10.20.0.0/16";

    private static readonly string[] s_databases = ["auth", "catalog", "inventory", "orders", "payments", "notifications", "recommendations", "search"];

    private static readonly Dictionary<string, (string Host, int Port)> s_servers = s_databases
        .Select(name => ($"{name}db-postgres", ($"{name}.abc.eu-west-1.rds.amazonaws.com", 5432)))
        .Append(("messaging", ("b-1234.mq.eu-west-1.amazonaws.com", 5671)))
        .Append(("cache", ("master.shop.abc.euw1.cache.amazonaws.com", 6379)))
        .ToDictionary(server => server.Item1, server => server.Item2);

    [Fact]
    public async Task Every_object_is_what_its_schema_says_and_nothing_else() =>
        Assert.Empty((await BuildAsync()).SelectMany(SchemaTests.Validator.Errors));

    [Fact]
    public async Task No_server_is_left_in_the_cluster()
    {
        var objects = await BuildAsync();

        Assert.Equal(["payment-sandbox"], objects.Where(it => it.Kind == "StatefulSet").Select(it => it.Name));
        Assert.DoesNotContain(objects, it => it.Kind is "Cluster" or "Pooler" or "ScheduledBackup" or "RabbitmqCluster");
        Assert.Equal(["ServiceEntry"], objects.Where(it => s_servers.ContainsKey(it.Name)).Select(it => it.Kind).Distinct());
    }

    [Fact]
    public async Task Exactly_the_services_with_the_arrow_may_go_out_to_a_server()
    {
        var objects = await BuildAsync();
        var arrows = AppHostManifest.Arrows(await AppHostManifest.TextAsync()).Where(arrow => s_servers.ContainsKey(arrow.Callee)).ToArray();

        var entries = objects.Where(it => it.Kind == "ServiceEntry").ToDictionary(it => it.Name);
        Assert.All(s_servers, server => Assert.Equal(server.Value, ($"{entries[server.Key].Spec["hosts"]![0]}", entries[server.Key].Spec["ports"]![0]!["number"]!.GetValue<int>())));
        var byMesh = objects.Where(it => it.Kind == "Sidecar" && !it.Name.EndsWith("-migration", StringComparison.Ordinal))
            .SelectMany(it => s_servers.Where(server => Hosts(it).Contains($"./{server.Value.Host}")).Select(server => (it.Name, server.Key)));
        Assert.Equal(arrows.Order(), byMesh.Order());

        var byNetwork = objects.Where(it => it.Kind == "NetworkPolicy" && !it.Name.EndsWith("-migration", StringComparison.Ordinal)).SelectMany(it => PortsOut(it).Select(port => (it.Name, port)));
        Assert.Equal(arrows.Select(arrow => (arrow.Caller, s_servers[arrow.Callee].Port)).Order(), byNetwork.Order());
    }

    [Fact]
    public async Task A_migration_goes_out_to_its_database_and_to_nothing_else()
    {
        var objects = await BuildAsync();
        var arrows = AppHostManifest.Arrows(await AppHostManifest.TextAsync());

        foreach (var (service, database) in arrows.Where(arrow => arrow.Callee.EndsWith("-postgres", StringComparison.Ordinal)))
        {
            Assert.Equal([5432], PortsOut(objects.Single(it => it.Kind == "NetworkPolicy" && it.Name == $"{service}-migration")));
            var hosts = Hosts(objects.Single(it => it.Kind == "Sidecar" && it.Name == $"{service}-migration")).Where(host => host.StartsWith("./", StringComparison.Ordinal));
            Assert.Equal([$"./{s_servers[database].Host}"], hosts);
        }
    }

    [Theory]
    [InlineData("ConnectionStrings__catalogdb", "Host=catalog.abc.eu-west-1.rds.amazonaws.com;Port=5432;Username=$(PARAMETER_CATALOGDB_USER);Password=$(PARAMETER_CATALOGDB_POSTGRES_PASSWORD);SSL Mode=VerifyFull;Root Certificate=/etc/shopflow/certificates/aws.pem;Database=catalogdb")]
    [InlineData("ConnectionStrings__messaging", "amqps://$(PARAMETER_MESSAGING_USER_URI):$(PARAMETER_MESSAGING_PASSWORD_URI)@b-1234.mq.eu-west-1.amazonaws.com:5671")]
    [InlineData("ConnectionStrings__cache", "master.shop.abc.euw1.cache.amazonaws.com:6379,password=$(PARAMETER_CACHE_PASSWORD),ssl=true")]
    [InlineData("MESSAGING_HOST", "b-1234.mq.eu-west-1.amazonaws.com")]
    [InlineData("MESSAGING_URI", "amqps://$(PARAMETER_MESSAGING_USER_URI):$(PARAMETER_MESSAGING_PASSWORD_URI)@b-1234.mq.eu-west-1.amazonaws.com:5671")]
    [InlineData("CACHE_URI", "rediss://:$(PARAMETER_CACHE_PASSWORD_URI)@master.shop.abc.euw1.cache.amazonaws.com:6379")]
    public async Task A_service_and_its_migration_are_told_the_address_and_that_it_speaks_TLS(string variable, string value)
    {
        var objects = await BuildAsync();

        foreach (var owner in objects.Where(it => (it.Kind == "Deployment" && it.Name == "catalog") || (it.Kind == "Job" && it.Name.StartsWith("catalog-", StringComparison.Ordinal))))
        {
            var container = owner.Containers.Single();
            var configuration = objects.Single(it => it.Kind == "ConfigMap" && it.Name == $"{container["envFrom"]![0]!["configMapRef"]!["name"]}");
            Assert.Equal(value, $"{container["env"]!.AsArray().FirstOrDefault(it => $"{it!["name"]}" == variable)?["value"] ?? configuration.Json["data"]![variable]}");
        }
    }

    [Fact]
    public async Task Who_uses_a_database_has_the_certificates_to_hold_it_against()
    {
        var objects = await BuildAsync();
        var certificates = objects.Single(it => it is { Kind: "ConfigMap", Name: "server-certificates" });
        var users = AppHostManifest.Arrows(await AppHostManifest.TextAsync()).Where(arrow => arrow.Callee.EndsWith("-postgres", StringComparison.Ordinal)).Select(arrow => arrow.Caller);

        Assert.Contains("BEGIN CERTIFICATE", $"{certificates.Json["data"]!["aws.pem"]}");
        var mounted = objects.Where(it => it.Kind == "Deployment" && it.PodTemplate!["spec"]!["volumes"]!.AsArray().Any(volume => $"{volume!["configMap"]?["name"]}" == certificates.Name));
        Assert.Equal(users.Order(), mounted.Select(it => it.Name).Order());
    }

    /// <remarks>An autoscaler that misses a metric never lets a replica go.</remarks>
    [Fact]
    public async Task Autoscalers_do_not_go_by_queues_that_Prometheus_cannot_see()
    {
        var metrics = (await BuildAsync()).Where(it => it.Kind == "HorizontalPodAutoscaler").SelectMany(it => it.Spec["metrics"]!.AsArray()).Select(metric => $"{metric!["type"]}");

        Assert.Equal(["Pods", "Resource"], metrics.Distinct().Order());
    }

    [Theory]
    [InlineData("  certificates: aws.pem\n", "", "certificates", "is missing")]
    [InlineData("aws.pem", "other.pem", "certificates", "there is no other.pem in deploy/environments")]
    [InlineData("aws.pem", "common.yaml", "certificates", "must hold certificates")]
    [InlineData("[10.20.0.0/16]", "[everywhere]", "networks", "must be the networks")]
    [InlineData("cache: master.shop.abc.euw1.cache.amazonaws.com, ", "", "servers.hosts.cache", "is missing")]
    [InlineData("cache: master", "cache: rediss://master", "servers.hosts.cache", "must be a host")]
    [InlineData("cache: master", "ghost: x.example, cache: master", "servers.hosts.ghost", "the model has no such server")]
    [InlineData("secrets: {from: aws, region: eu-west-1}", "secrets: {from: generated}", "servers.run", "only containers take passwords")]
    public async Task What_is_missing_is_told(string found, string replacement, string field, string message)
    {
        var input = (await InputAsync()).With("production.yaml", found, replacement);

        Assert.Contains(Assert.Throws<ExportException>(() => Exporter.Export(input)).Problems, problem => problem.Field.EndsWith(field, StringComparison.Ordinal) && problem.Message.Contains(message));
    }

    private static IEnumerable<string> Hosts(KubernetesObject sidecar) => sidecar.Spec["egress"]![0]!["hosts"]!.AsArray().Select(host => $"{host}");

    private static IEnumerable<int> PortsOut(KubernetesObject policy) => (policy.Spec["egress"]?.AsArray() ?? [])
        .Where(rule => rule!["to"]?.AsArray().Any(peer => $"{peer!["ipBlock"]?["cidr"]}" == Network) == true)
        .SelectMany(rule => rule!["ports"]!.AsArray().Select(port => port!["port"]!.GetValue<int>()));

    private static async Task<IReadOnlyList<KubernetesObject>> BuildAsync() => await Overlays.BuildAsync(await InputAsync());

    private static async Task<ExportInput> InputAsync()
    {
        var hosts = string.Join(", ", s_servers.Select(server => $"{server.Key}: {server.Value.Host}").Reverse());
        var input = (await AppHostManifest.InputAsync("production"))
            .With("production.yaml", "run: operators\n", $"run: aws\n  networks: [{Network}]\n  certificates: aws.pem\n  hosts: {{{hosts}}}\n");
        return input with
        {
            Settings = new Dictionary<string, string>(input.Settings) { ["aws.pem"] = "-----BEGIN CERTIFICATE-----\nAWS's own\n-----END CERTIFICATE-----\n" },
        };
    }
}
