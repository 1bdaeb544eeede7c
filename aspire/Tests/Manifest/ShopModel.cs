namespace Aspire.StandIn.Tests.Manifest;

/// <summary>A small shop that uses everything that a manifest can say of a model.</summary>
internal static class ShopModel
{
    public static void Add(IDistributedApplicationBuilder builder)
    {
        var adminName = builder.AddParameter("admin-name", "admin", publishValueAsDefault: true);
        var databaseUser = builder.AddParameter("database-user", "shop");
        var databasePassword = builder.AddParameter("database-password", secret: true);
        var webhookSecret = builder.AddParameter(
            "webhook-secret",
            new GenerateParameterDefault { MinLength = 32, Special = false, MinNumeric = 2 },
            secret: true,
            persist: true);

        var ordersServer = builder.AddPostgres("orders-server", databaseUser, databasePassword).WithDataVolume();
        var orders = ordersServer.AddDatabase("orders-db", "orders");
        var catalog = builder.AddPostgres("catalog-server").WithImageTag("17.2").WithDataVolume("catalog data").AddDatabase("catalog-db");
        var messaging = builder.AddRabbitMQ("messaging").WithManagementPlugin().WithDataVolume("messages");
        var cache = builder.AddRedis("cache").WithPersistence(TimeSpan.FromMinutes(5), keysChangedThreshold: 100);
        var sessions = builder.AddRedis("sessions", password: databasePassword);
        var legacy = builder.AddConnectionString("legacy", "LEGACY_CONNECTION");
        var search = builder.AddConnectionString("search", ReferenceExpression.Create($"Endpoint=http://search;Key={webhookSecret:uri}"));

        var migrate = builder.AddExecutable("migrate", "bash", "../scripts", "migrate.sh", orders.Resource)
            .WithReference(orders);

        var api = builder.AddProject("api", "../Shop.Api/Shop.Api.csproj")
            .WithReference(orders)
            .WithReference(catalog, "products")
            .WithReference(messaging)
            .WithReference(cache)
            .WithReference(sessions)
            .WithReference(legacy)
            .WithReference(search, optional: true)
            .WithEnvironment("ADMIN", adminName)
            .WithEnvironment("Webhook__Secret", webhookSecret)
            .WithEnvironment("Webhook__Address", $"https://{adminName:uri}:{webhookSecret:uri}@hooks")
            .WithExternalHttpEndpoints()
            .WaitFor(orders)
            .WaitForCompletion(migrate)
            .WithReplicas(3)
            .WithHttpHealthCheck("/health");

        builder.AddProject("backoffice", "../Shop.Api/Shop.Api.csproj", launchProfileName: null)
            .WithHttpEndpoint(port: 9000)
            .WithHttpEndpoint(name: "admin", env: "ADMIN_PORT")
            .DisableForwardedHeaders()
            .WithReference(api);

        builder.AddProject("worker", "../Shop.Worker/Shop.Worker.csproj")
            .WithReference(api.GetEndpoint("https"))
            .WithEnvironment("API", api.GetEndpoint("http"))
            .WithEnvironment("API_ADDRESS", api.GetEndpoint("http").Property(EndpointProperty.HostAndPort))
            .WithArgs("--queue", "orders events");

        builder.AddContainer("mail", "axllent/mailpit:v1.20")
            .WithImageRegistry("registry.example")
            .WithVolume("mail-data", "/data")
            .WithVolume("/scratch")
            .WithBindMount("../scripts", "/scripts", isReadOnly: true)
            .WithHttpEndpoint(port: 8025, targetPort: 8025, name: "ui")
            .WithEndpoint(targetPort: 1025, name: "smtp", isExternal: true)
            .WithEndpoint(port: 1110, name: "pop3")
            .WithEntrypoint("/mailpit")
            .WithArgs("--verbose", webhookSecret)
            .WithEnvironment("QUOTED", "\"<é>\"");

        builder.AddContainer("never", "published").ExcludeFromManifest();
        builder.AddContainer("own", "words").WithManifestPublishingCallback(context => context.Writer.WriteString("type", "words.v0"));
    }
}
