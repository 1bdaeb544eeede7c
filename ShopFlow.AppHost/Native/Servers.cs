namespace ShopFlow.AppHost.Native;

/// <summary>The servers that the platform needs, however they run. What comes back carries the same connection string and
/// properties in every case, so the rest of the model does not know the difference.</summary>
internal abstract class Servers
{
    /// <summary>A PostgreSQL database, created when its server is ready.</summary>
    public abstract IResourceBuilder<IResourceWithConnectionString> AddDatabase(string name);

    /// <summary>A RabbitMQ broker.</summary>
    public abstract IResourceBuilder<IResourceWithConnectionString> AddMessaging(string name);

    /// <summary>A Redis server that keeps what it holds over a restart.</summary>
    public abstract IResourceBuilder<IResourceWithConnectionString> AddCache(string name);
}
