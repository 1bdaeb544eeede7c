namespace ShopFlow.AppHost.Native;

/// <summary>What a cluster runs: as <see cref="ContainerServers"/>, but every database has a PostgreSQL of its own, so that services
/// share neither load nor credentials. The server of <c>ordersdb</c> is called <c>ordersdb-postgres</c>, and the service logs in as
/// <c>ordersdb</c>, which the cluster makes the database's owner and no superuser.</summary>
internal sealed class PublishedServers(IDistributedApplicationBuilder builder) : Servers
{
    public override IResourceBuilder<IResourceWithConnectionString> AddDatabase(string name) =>
        builder.AddPostgres($"{name}-postgres", User($"{name}-user", name)).WithDataVolume().AddDatabase(name);

    public override IResourceBuilder<IResourceWithConnectionString> AddMessaging(string name) =>
        builder.AddRabbitMQ(name, User($"{name}-user", "shopflow")).WithDataVolume();

    public override IResourceBuilder<IResourceWithConnectionString> AddCache(string name) => builder.AddRedis(name).WithDataVolume();

    // An environment may name another, as a managed server has it.
    private IResourceBuilder<ParameterResource> User(string name, string usual) => builder.AddParameter(name, usual, publishValueAsDefault: true);
}
