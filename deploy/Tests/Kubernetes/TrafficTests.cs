namespace ShopFlow.Export.Tests.Kubernetes;

public sealed class TrafficTests
{
    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task For_each_ordered_pair_the_mesh_and_the_network_allow_exactly_the_arrows_of_the_model(string environment)
    {
        var traffic = new Traffic((await Overlays.BuildAsync(environment)).WithWhatTheyMake());
        var arrows = AppHostManifest.Arrows(await AppHostManifest.TextAsync());

        var modelled = traffic.Workloads.Where(it => !it.Name.EndsWith("-cluster", StringComparison.Ordinal)).ToArray();
        var pairs = modelled.SelectMany(from => modelled.Where(to => to.Name != from.Name).Select(to => (From: from, To: to))).ToArray();
        Assert.Equal(arrows.Order(), Allowed(pairs, traffic.NetworkAllows).Order());
        Assert.Equal(arrows.Order(), Allowed(pairs, traffic.MeshKnows).Order());
    }

    [Theory]
    [InlineData("dev", "gateway", "payment-sandbox")]
    [InlineData("staging", "gateway", "payment-sandbox")]
    [InlineData("production", "gateway")]
    public async Task The_internet_reaches_the_public_services_and_no_more(string environment, params string[] services)
    {
        var traffic = new Traffic((await Overlays.BuildAsync(environment)).WithWhatTheyMake());

        var byNetwork = traffic.Workloads.Where(to => Traffic.PortsOf(to).Any(port => traffic.NetworkAllowsIngress(to, port)));
        var byMesh = traffic.Workloads.Where(to => Traffic.PortsOf(to).Any(port => traffic.MeshAllowsIngress(to, port) || traffic.MeshAllowsIngress(to, port, path: "/challenges/1")));

        Assert.Equal(services, byNetwork.Select(it => it.Name).Order());
        Assert.Equal(services, byMesh.Select(it => it.Name).Order());
    }

    [Theory]
    [InlineData("staging")]
    [InlineData("production")]
    public async Task Only_its_pooler_reaches_a_database_that_an_operator_runs(string environment)
    {
        var traffic = new Traffic((await Overlays.BuildAsync(environment)).WithWhatTheyMake());
        var databases = traffic.Workloads.Where(it => it.Name.EndsWith("-cluster", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(databases);
        foreach (var database in databases)
            Assert.Equal(
                [database.Name.Replace("-cluster", "")],
                traffic.Workloads.Where(from => from.Name != database.Name && traffic.NetworkAllows(from, database, 5432)).Select(from => from.Name));
    }

    [Fact]
    public async Task Nobody_outside_reads_metrics_or_what_is_internal()
    {
        var traffic = new Traffic(await Overlays.BuildAsync("dev"));
        var gateway = traffic.Workloads.Single(it => it.Name == "gateway");

        Assert.True(traffic.MeshAllowsIngress(gateway, 8080, path: "/products"));
        Assert.False(traffic.MeshAllowsIngress(gateway, 8080, path: "/metrics"));
        Assert.False(traffic.MeshAllowsIngress(gateway, 8080, path: "/internal/prices"));
        Assert.False(traffic.MeshAllowsIngress(gateway, 8000, path: "/metrics"));
        Assert.False(traffic.NetworkAllowsIngress(gateway, 8000));
    }

    [Theory]
    [InlineData("orders", "catalog", "POST", "/internal/prices", true)]
    [InlineData("orders", "catalog", "GET", "/internal/prices", false)]
    [InlineData("orders", "catalog", "PUT", "/products/1", false)]
    [InlineData("gateway", "catalog", "PUT", "/products/1", true)]
    [InlineData("gateway", "catalog", "POST", "/internal/prices", false)]
    [InlineData("orders", "cart", "GET", "/internal/carts/1", true)]
    [InlineData("orders", "auth", "GET", "/.well-known/jwks.json", true)]
    [InlineData("orders", "auth", "POST", "/auth/login", false)]
    [InlineData("gateway", "auth", "POST", "/auth/login", true)]
    [InlineData("payments", "payment-sandbox", "POST", "/v1/payments/7/capture", true)]
    [InlineData("payments", "payment-sandbox", "POST", "/challenges/7/approve", false)]
    [InlineData("payment-sandbox", "gateway", "POST", "/payments/webhooks", true)]
    [InlineData("payment-sandbox", "gateway", "GET", "/orders", false)]
    public async Task An_arrow_is_for_what_the_caller_asks_for(string from, string to, string method, string path, bool isAllowed)
    {
        var traffic = new Traffic(await Overlays.BuildAsync("dev"));

        Assert.Equal(isAllowed, traffic.MeshAllows(Workload(from), Workload(to), 8080, method, path));

        KubernetesObject Workload(string name) => traffic.Workloads.Single(it => it.Name == name);
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task A_migration_reaches_its_database_and_nothing_else(string environment)
    {
        var objects = (await Overlays.BuildAsync(environment)).WithWhatTheyMake();
        var traffic = new Traffic(objects);
        var arrows = AppHostManifest.Arrows(await AppHostManifest.TextAsync());
        var migrations = objects.Where(it => it.Kind == "Job" && it.Name.Contains("-migration")).ToArray();

        Assert.NotEmpty(migrations);
        foreach (var migration in migrations)
        {
            var service = migration.PodTemplate!["spec"]!["serviceAccountName"]!.GetValue<string>();
            var reached = traffic.Workloads.Where(to => Traffic.PortsOf(to).Any(port => traffic.NetworkAllows(migration, to, port))).Select(it => it.Name);
            Assert.Equal(arrows.Where(arrow => arrow.Caller == service && arrow.Callee.EndsWith("-postgres", StringComparison.Ordinal)).Select(arrow => arrow.Callee), reached);
        }
    }

    private static IEnumerable<(string, string)> Allowed(
        IEnumerable<(KubernetesObject From, KubernetesObject To)> pairs, Func<KubernetesObject, KubernetesObject, int, bool> allows) =>
        pairs.Where(pair => Traffic.PortsOf(pair.To).Any(port => allows(pair.From, pair.To, port))).Select(pair => (pair.From.Name, pair.To.Name));
}
