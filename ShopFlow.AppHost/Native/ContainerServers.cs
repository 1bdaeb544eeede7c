namespace ShopFlow.AppHost.Native;

/// <summary>One PostgreSQL for all databases, RabbitMQ and Redis as containers with a volume each.</summary>
internal sealed class ContainerServers(IDistributedApplicationBuilder builder) : Servers
{
    private readonly IResourceBuilder<PostgresServerResource> _postgres = builder.AddPostgres("postgres").WithDataVolume();

    public override IResourceBuilder<IResourceWithConnectionString> AddDatabase(string name) => _postgres.AddDatabase(name);

    public override IResourceBuilder<IResourceWithConnectionString> AddMessaging(string name) => builder.AddRabbitMQ(name).WithDataVolume();

    public override IResourceBuilder<IResourceWithConnectionString> AddCache(string name) => builder.AddRedis(name).WithDataVolume();
}
