using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShopFlow.AppHost.Local;

namespace ShopFlow.AppHost.Native;

/// <summary>The servers that are installed on this machine, each started by a script beside this file on a free loopback port, with
/// its data under the data directory. A PostgreSQL that all databases share.</summary>
internal sealed class NativeServers : Servers
{
    private readonly IDistributedApplicationBuilder _builder;
    private IResourceBuilder<NativePostgresServer>? _postgres;

    public NativeServers(IDistributedApplicationBuilder builder)
    {
        _builder = builder;
        builder.Eventing.Subscribe<BeforeStartEvent>((_, _) =>
        {
            RequiredServers.Check();
            return Task.CompletedTask;
        });
    }

    public override IResourceBuilder<IResourceWithConnectionString> AddDatabase(string name)
    {
        _postgres ??= AddPostgres("postgres");
        var database = new NativePostgresDatabase(name, _postgres.Resource);
        _postgres.Resource.Add(database);

        return _builder.AddResource(database)
            .WithHealthCheck(AddHealthCheck(name, new PostgresHealthCheck(database)));
    }

    public override IResourceBuilder<IResourceWithConnectionString> AddMessaging(string name)
    {
        var broker = new NativeRabbitMQServer(name, Password(name, special: false), _builder.ScriptsDirectory());

        return Add(broker, broker.PasswordParameter, "rabbitmq.sh", "amqp")
            .WithEnvironment("SHOPFLOW_DIST_PORT", FreePort.Next().ToString())
            .WithEnvironment("SHOPFLOW_EPMD_PORT", FreePort.Next().ToString())
            .WithHealthCheck(AddHealthCheck(name, new RabbitMQHealthCheck(broker)));
    }

    public override IResourceBuilder<IResourceWithConnectionString> AddCache(string name)
    {
        var cache = new NativeRedisServer(name, Password(name, special: false), _builder.ScriptsDirectory());

        return Add(cache, cache.PasswordParameter, "redis.sh", "redis")
            .WithHealthCheck(AddHealthCheck(name, new RedisHealthCheck(cache)));
    }

    private IResourceBuilder<NativePostgresServer> AddPostgres(string name)
    {
        var server = new NativePostgresServer(name, Password(name, special: true), _builder.ScriptsDirectory());
        _builder.Eventing.Subscribe<ResourceReadyEvent>(server, (ready, cancellationToken) =>
            server.CreateDatabasesAsync(ready.Services.GetRequiredService<ResourceNotificationService>(), cancellationToken));
        _builder.Eventing.Subscribe<ResourceStoppedEvent>(server, (stopped, _) =>
            server.ShowDatabasesAsync(stopped.Services.GetRequiredService<ResourceNotificationService>(), stopped.ResourceEvent.Snapshot.State));

        return Add(server, server.PasswordParameter, "postgres.sh", "tcp")
            .WithHealthCheck(AddHealthCheck(name, new PostgresHealthCheck(server, "postgres")));
    }

    private IResourceBuilder<T> Add<T>(T server, ParameterResource password, string script, string scheme) where T : ExecutableResource
    {
        var port = FreePort.Next();
        return _builder.AddResource(server)
            .WithArgs(script)
            .WithEndpoint(port, targetPort: port, scheme, name: "tcp", isProxied: false)
            .WithEnvironment("SHOPFLOW_DATA", Path.Combine(_builder.DataDirectory(), server.Name))
            .WithEnvironment("SHOPFLOW_PORT", port.ToString())
            .WithEnvironment(context => context.EnvironmentVariables["SHOPFLOW_PASSWORD"] = password);
    }

    // The same parameter that the container of this name would generate: a change of mind keeps the password.
    private ParameterResource Password(string server, bool special) =>
        ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(_builder, $"{server}-password", special: special);

    private string AddHealthCheck(string resource, IHealthCheck check)
    {
        var key = $"{resource}_check";
        _builder.Services.AddHealthChecks().AddCheck(key, check, timeout: TimeSpan.FromSeconds(5));
        return key;
    }
}
