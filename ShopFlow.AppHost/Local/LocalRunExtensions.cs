using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ShopFlow.AppHost.Native;

namespace ShopFlow.AppHost.Local;

/// <summary>What a run on a developer's machine needs besides the model itself.</summary>
internal static class LocalRunExtensions
{
    /// <summary>A secret of 32 letters and digits: generated on the first run and kept in user secrets; asked for when publishing.</summary>
    public static IResourceBuilder<ParameterResource> AddGeneratedSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);

    /// <summary>The gateway's public port: <c>ShopFlow:GatewayPort</c>, or 8080 where that is free. Null lets the orchestrator pick one,
    /// as it does where the setting is 0, and for a run on data of its own, which may have others beside it.</summary>
    public static int? GatewayPort(this IDistributedApplicationBuilder builder)
    {
        const int Usual = 8080;

        if (builder.ExecutionContext.IsPublishMode)
            return null;
        if (builder.Configuration.GetValue<int?>("ShopFlow:GatewayPort") is { } configured)
            return configured is 0 ? null : configured;
        return !builder.HasDataOfItsOwn() && FreePort.IsFree(Usual) ? Usual : null;
    }

    /// <summary>On a developer's machine everybody comes from one address, load drivers included: limits are <c>ShopFlow:RateLimitFactor</c> times
    /// what they are in a cluster, 1000 times unless it is set.</summary>
    public static IResourceBuilder<ProjectResource> WithLocalRateLimits(this IResourceBuilder<ProjectResource> gateway)
    {
        var builder = gateway.ApplicationBuilder;
        return builder.ExecutionContext.IsPublishMode
            ? gateway
            : gateway.WithEnvironment("Gateway__RateLimits__Factor", builder.Configuration["ShopFlow:RateLimitFactor"] ?? "1000");
    }

    /// <summary>An <c>https</c> endpoint, for browsers speak HTTP/2 over TLS only. In a cluster TLS ends before the gateway, so none is published.</summary>
    public static IResourceBuilder<ProjectResource> WithLocalHttps(this IResourceBuilder<ProjectResource> gateway)
    {
        var builder = gateway.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode)
            return gateway;

        gateway.WithHttpsEndpoint();
        if (DevelopmentCertificate.IsInStore())
            return gateway;

        var file = Path.Combine(builder.Checkout(), ".shopflow", "localhost.pfx");
        DevelopmentCertificate.Ensure(file);
        return gateway.WithEnvironment("Kestrel__Certificates__Default__Path", file);
    }

    /// <summary>Where the payment sandbox keeps what it was asked to do.</summary>
    public static string SandboxDataDirectory(this IDistributedApplicationBuilder builder) =>
        builder.ExecutionContext.IsPublishMode ? "/var/lib/payment-sandbox" : Path.Combine(builder.DataDirectory(), "payment-sandbox");

    /// <summary>Writes what runs, and what it logs, to files that <c>./shopflow</c> reads, starts again what dies, and stops in an order that
    /// loses nothing. See <see cref="RunRecorder"/>, <see cref="RestartCrashed"/> and <see cref="ServicesFirst"/>.</summary>
    public static void AddRunRecorder(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
            return;

        // Hosted services are told of a stop in reverse order: nothing is started again while ServicesFirst ends it.
        builder.Services.AddHostedService<ServicesFirst>();
        builder.Services.AddHostedService<RestartCrashed>();
        var files = new RunFiles(builder.RunDirectory());
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<RunRecorder>(services, files));
        builder.Eventing.Subscribe<AfterResourcesCreatedEvent>(async (created, cancellationToken) =>
        {
            var connections = new Dictionary<string, string?>();
            foreach (var resource in created.Model.Resources.OfType<IResourceWithConnectionString>())
                connections[resource.Name] = await resource.GetConnectionStringAsync(cancellationToken);
            files.Write(connections);
        });
    }

    /// <summary>Refuses to start when another AppHost uses the same data.</summary>
    public static void LockDataDirectory(this IDistributedApplicationBuilder builder)
    {
        var (data, run) = (builder.DataDirectory(), builder.RunDirectory());
        builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
        {
            var dataLock = DataLock.Acquire(data, new RunFiles(run));
            start.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(dataLock.Dispose);
            return Task.CompletedTask;
        });
    }

    /// <summary><c>ShopFlow:DataDirectory</c>, or <c>.shopflow/data</c> in the checkout.</summary>
    public static string DataDirectory(this IDistributedApplicationBuilder builder)
    {
        var checkout = builder.Checkout();
        return builder.Configuration["ShopFlow:DataDirectory"] is { Length: > 0 } configured
            ? Path.GetFullPath(configured, checkout)
            : Path.Combine(checkout, ".shopflow", "data");
    }

    public static string ScriptsDirectory(this IDistributedApplicationBuilder builder) => Path.Combine(builder.AppHostDirectory, "Native");

    // A run on data of its own, as the tests have it, must not overwrite what the developer's run says of itself.
    private static string RunDirectory(this IDistributedApplicationBuilder builder) =>
        builder.HasDataOfItsOwn()
            ? Path.Combine(builder.DataDirectory(), "run")
            : Path.Combine(builder.Checkout(), ".shopflow", "run");

    private static bool HasDataOfItsOwn(this IDistributedApplicationBuilder builder) =>
        builder.Configuration["ShopFlow:DataDirectory"] is { Length: > 0 };

    private static string Checkout(this IDistributedApplicationBuilder builder) => Path.GetFullPath(Path.Combine(builder.AppHostDirectory, ".."));
}
