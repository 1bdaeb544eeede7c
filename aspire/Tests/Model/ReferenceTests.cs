namespace Aspire.StandIn.Tests.Model;

public sealed class ReferenceTests
{
    [Fact]
    public async Task A_reference_to_a_service_gives_its_addresses_for_service_discovery()
    {
        var builder = TestModel.ToRun();
        var catalog = builder.AddService("product-catalog").WithHttpEndpoint().WithHttpEndpoint(name: "admin");
        catalog.Resource.Allocate("http", 5001);
        catalog.Resource.Allocate("admin", 5002);

        var environment = await ReadInContainerAsync(
            builder.AddContainer("caller", "image").WithReference(catalog.GetEndpoint("http")),
            catalog);
        Assert.Equal("http://localhost:5001", environment["services__product-catalog__http__0"]);
        Assert.Equal("http://localhost:5001", environment["PRODUCT_CATALOG_HTTP"]);
        Assert.DoesNotContain("services__product-catalog__admin__0", environment.Keys);

        environment = await builder.AddExecutable("script", "node", ".").WithReference(catalog).ReadEnvironmentAsync();
        Assert.Equal("http://localhost:5001", environment["services__product-catalog__http__0"]);
        Assert.Equal("http://localhost:5002", environment["services__product-catalog__admin__0"]);
        Assert.Equal("http://localhost:5002", environment["PRODUCT_CATALOG_ADMIN"]);
    }

    [Fact]
    public async Task A_reference_to_a_database_gives_its_connection_string_and_its_parts()
    {
        var builder = TestModel.ToRun();
        var postgres = builder.AddPostgres("postgres", password: builder.AddParameter("secret", "p/w", secret: true));
        var database = postgres.AddDatabase("orders-db", "orders");
        postgres.Resource.Allocate("tcp", 5432);

        var environment = await builder.AddExecutable("script", "node", ".").WithReference(database).ReadEnvironmentAsync();

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["ConnectionStrings__orders-db"] = "Host=localhost;Port=5432;Username=postgres;Password=p/w;Database=orders",
                ["ORDERS_DB_HOST"] = "localhost",
                ["ORDERS_DB_PORT"] = "5432",
                ["ORDERS_DB_USERNAME"] = "postgres",
                ["ORDERS_DB_PASSWORD"] = "p/w",
                ["ORDERS_DB_URI"] = "postgresql://postgres:p%2Fw@localhost:5432/orders",
                ["ORDERS_DB_JDBCCONNECTIONSTRING"] = "jdbc:postgresql://localhost:5432/orders",
                ["ORDERS_DB_DATABASENAME"] = "orders",
            },
            environment);
    }

    [Fact]
    public async Task A_reference_to_a_broker_and_a_cache_gives_what_their_clients_read()
    {
        var builder = TestModel.ToRun();
        var password = builder.AddParameter("secret", "p+w", secret: true);
        var messaging = builder.AddRabbitMQ("messaging", password: password);
        var cache = builder.AddRedis("cache", password: password);
        messaging.Resource.Allocate("tcp", 5672);
        cache.Resource.Allocate("tcp", 6379);

        var environment = await builder.AddExecutable("script", "node", ".").WithReference(messaging).WithReference(cache, "sessions")
            .ReadEnvironmentAsync();

        Assert.Equal("amqp://guest:p%2Bw@localhost:5672", environment["ConnectionStrings__messaging"]);
        Assert.Equal("guest", environment["MESSAGING_USERNAME"]);
        Assert.Equal("localhost:6379,password=p+w", environment["ConnectionStrings__sessions"]);
        Assert.Equal("redis://:p%2Bw@localhost:6379", environment["SESSIONS_URI"]);
    }

    [Fact]
    public async Task A_connection_string_that_is_not_there_stops_the_resource_unless_it_is_optional()
    {
        var builder = TestModel.ToRun();
        var empty = builder.AddConnectionString("empty", ReferenceExpression.Empty);

        Assert.DoesNotContain(
            "ConnectionStrings__empty",
            await builder.AddExecutable("a", "node", ".").WithReference(empty, optional: true).ReadEnvironmentAsync());

        var configuration = await ExecutionConfigurationBuilder.Create(
            builder.AddExecutable("b", "node", ".").WithReference(empty).Resource)
            .WithEnvironmentVariablesConfig()
            .BuildAsync(
                builder.ExecutionContext,
                Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
                TestContext.Current.CancellationToken);

        Assert.Contains("'empty'", configuration.Exception!.ToString());
    }

    [Fact]
    public async Task Environment_and_arguments_take_values_of_every_kind()
    {
        var builder = TestModel.ToRun();
        var secret = builder.AddParameter("secret", "s3cret", secret: true);
        var server = builder.AddService("server").WithHttpEndpoint();
        server.Resource.Allocate("http", 5001);

        var script = builder.AddExecutable("script", "node", ".", "first", secret, server.GetEndpoint("http"))
            .WithEnvironment("TEXT", "text")
            .WithEnvironment("PARAMETER", secret)
            .WithEnvironment("ENDPOINT", server.GetEndpoint("http"))
            .WithEnvironment("MIXED", $"{secret}@{server.GetEndpoint("http").Property(EndpointProperty.HostAndPort)}")
            .WithEnvironment(context => context.EnvironmentVariables["CALLBACK"] = context.Resource.Name)
            .WithArgs(context => context.Args.Add("last"));

        Assert.Equal(["first", "s3cret", "http://localhost:5001", "last"], await script.ReadArgumentsAsync());
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["TEXT"] = "text",
                ["PARAMETER"] = "s3cret",
                ["ENDPOINT"] = "http://localhost:5001",
                ["MIXED"] = "s3cret@localhost:5001",
                ["CALLBACK"] = "script",
            },
            await script.ReadEnvironmentAsync());
    }

    [Fact]
    public void What_a_resource_refers_to_is_related_to_it()
    {
        var builder = TestModel.ToRun();
        var secret = builder.AddParameter("secret", "s", secret: true);
        var database = builder.AddPostgres("postgres").AddDatabase("database");
        var server = builder.AddService("server").WithHttpEndpoint();

        var script = builder.AddExecutable("script", "node", ".").WithReference(database).WithReference(server).WithEnvironment("A", secret)
            .WaitFor(database);

        Assert.Equal(
            ["Reference database", "Reference server", "Reference secret", "WaitFor database"],
            script.Resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                .Select(relationship => $"{relationship.Type} {relationship.Resource.Name}"));
    }

    [Fact]
    public void Waiting_for_a_database_is_waiting_for_its_server_too()
    {
        var builder = TestModel.ToRun();
        var database = builder.AddPostgres("postgres").AddDatabase("database");

        var script = builder.AddExecutable("script", "node", ".").WaitFor(database);

        Assert.Equal(["postgres", "database"], script.Resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name));
        Assert.Throws<DistributedApplicationException>(() => script.WaitFor(script));
    }

    private static async Task<Dictionary<string, string>> ReadInContainerAsync(
        IResourceBuilder<ContainerResource> caller,
        IResourceBuilder<ProjectResource> target)
    {
        // A container sees another address than this machine does, which nobody has allocated here.
        var endpoint = target.Resource.EndpointNamed("http");
        var network = KnownNetworkIdentifiers.DefaultAspireContainerNetwork;
        endpoint.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(
            network,
            new AllocatedEndpoint(endpoint, "localhost", 5001, EndpointBindingMode.SingleAddress, null, network));
        return await caller.ReadEnvironmentAsync();
    }
}
