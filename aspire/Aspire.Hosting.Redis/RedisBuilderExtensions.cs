using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static class RedisBuilderExtensions
{
    private const string DataPath = "/data";

    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        int? port) =>
        builder.AddRedis(name, port, password: null);

    /// <summary>A Redis server. Its password is generated unless a parameter gives one.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);

        // The client's connection string is a list with commas.
        var passwordParameter = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var redis = new RedisResource(name, passwordParameter);
        var connectionString = AvailableConnectionString.Observe(builder.Eventing, redis);

        // A service of the host, so that its connection is closed with the host.
        var key = $"{name}_check";
        builder.Services.AddKeyedSingleton(key, (_, _) => new RedisHealthCheck(connectionString));
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => services.GetRequiredKeyedService<RedisHealthCheck>(key),
            failureStatus: null,
            tags: null));

        return builder.AddResource(redis)
            .WithEndpoint(port: port, targetPort: 6379, name: RedisResource.PrimaryEndpointName, scheme: "redis")
            .WithImage(RedisContainerImageTags.Image, RedisContainerImageTags.Tag)
            .WithImageRegistry(RedisContainerImageTags.Registry)
            .WithIconName("Database")
            .WithHealthCheck(key)
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context =>
            {
                if (redis.PasswordParameter is { } secret)
                {
                    context.EnvironmentVariables["REDIS_PASSWORD"] = secret;
                }
            })
            .WithArgs(context => AddCommandLine(redis, context));
    }

    public static IResourceBuilder<RedisResource> WithDataVolume(
        this IResourceBuilder<RedisResource> builder,
        string? name = null,
        bool isReadOnly = false) =>
        builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataPath, isReadOnly).PersistUnless(isReadOnly);

    public static IResourceBuilder<RedisResource> WithDataBindMount(
        this IResourceBuilder<RedisResource> builder,
        string source,
        bool isReadOnly = false) =>
        builder.WithBindMount(source, DataPath, isReadOnly).PersistUnless(isReadOnly);

    /// <param name="interval">How often a snapshot is written; a minute unless given.</param>
    public static IResourceBuilder<RedisResource> WithPersistence(
        this IResourceBuilder<RedisResource> builder,
        TimeSpan? interval = null,
        long keysChangedThreshold = 1) =>
        builder.WithAnnotation(
            new RedisPersistenceAnnotation(interval ?? TimeSpan.FromSeconds(60), keysChangedThreshold),
            ResourceAnnotationMutationBehavior.Replace);

    public static IResourceBuilder<RedisResource> WithPassword(
        this IResourceBuilder<RedisResource> builder,
        IResourceBuilder<ParameterResource>? password)
    {
        builder.Resource.PasswordParameter = password?.Resource;
        return builder;
    }

    public static IResourceBuilder<RedisResource> WithHostPort(this IResourceBuilder<RedisResource> builder, int? port) =>
        builder.WithEndpoint(RedisResource.PrimaryEndpointName, endpoint => endpoint.Port = port);

    private static IResourceBuilder<RedisResource> PersistUnless(this IResourceBuilder<RedisResource> builder, bool isReadOnly) =>
        isReadOnly ? builder : builder.WithPersistence();

    /// <summary>The password is named, not spelled out: a shell in the container fills it in, so that no process list shows it.</summary>
    private static void AddCommandLine(RedisResource redis, CommandLineArgsCallbackContext context)
    {
        List<string> words = ["redis-server"];

        if (redis.PasswordParameter is not null)
        {
            words.AddRange(["--requirepass", "$REDIS_PASSWORD"]);
        }

        if (redis.TryGetLastAnnotation<RedisPersistenceAnnotation>(out var persistence))
        {
            words.AddRange(
            [
                "--save",
                persistence.Interval.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                persistence.KeysChangedThreshold.ToString(CultureInfo.InvariantCulture),
            ]);
        }

        if (context.ExecutionContext.IsPublishMode)
        {
            words = ["-c", string.Join(' ', words)];
        }

        foreach (var word in words)
        {
            context.Args.Add(word);
        }
    }
}
