namespace ShopFlow.AppHost.Native;

/// <summary>What a cluster runs: as <see cref="ContainerServers"/>, but every database has a PostgreSQL of its own, so that services
/// share neither load nor credentials. The server of <c>ordersdb</c> is called <c>ordersdb-postgres</c>.</summary>
internal sealed class PublishedServers(IDistributedApplicationBuilder builder) : Servers
{
    public override IResourceBuilder<IResourceWithConnectionString> AddDatabase(string name) =>
        builder.AddPostgres($"{name}-postgres").WithDataVolume().AddDatabase(name);

    public override IResourceBuilder<IResourceWithConnectionString> AddMessaging(string name) => builder.AddRabbitMQ(name).WithDataVolume();

    public override IResourceBuilder<IResourceWithConnectionString> AddCache(string name) => builder.AddRedis(name).WithDataVolume();
}
