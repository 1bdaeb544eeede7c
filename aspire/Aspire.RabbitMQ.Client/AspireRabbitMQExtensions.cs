using Aspire;
using Aspire.RabbitMQ.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Trace;
using RabbitMQ.Client;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers connections to a RabbitMQ broker of the model.</summary>
public static class AspireRabbitMQExtensions
{
    private const string SectionName = "Aspire:RabbitMQ:Client";

    /// <summary>
    /// Adds a singleton <see cref="IConnection"/> and its <see cref="IConnectionFactory"/> with connect retries,
    /// a health check named "RabbitMQ.Client", logs and traces.
    /// </summary>
    public static void AddRabbitMQClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<RabbitMQClientSettings>? configureSettings = null,
        Action<ConnectionFactory>? configureConnectionFactory = null)
        => Add(builder, configureSettings, configureConnectionFactory, connectionName, serviceKey: null);

    /// <summary>The same under the service key <paramref name="name"/>, with a health check named "RabbitMQ.Client_{name}".</summary>
    public static void AddKeyedRabbitMQClient(
        this IHostApplicationBuilder builder,
        string name,
        Action<RabbitMQClientSettings>? configureSettings = null,
        Action<ConnectionFactory>? configureConnectionFactory = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        Add(builder, configureSettings, configureConnectionFactory, connectionName: name, serviceKey: name);
    }

    private static void Add(
        IHostApplicationBuilder builder,
        Action<RabbitMQClientSettings>? configureSettings,
        Action<ConnectionFactory>? configureConnectionFactory,
        string connectionName,
        string? serviceKey)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var section = builder.Configuration.GetSection(SectionName);
        var namedSection = section.GetSection(connectionName);

        var settings = new RabbitMQClientSettings();
        section.Bind(settings);
        namedSection.Bind(settings);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);

        IConnectionFactory CreateFactory(IServiceProvider services)
        {
            services.GetRequiredService<RabbitMQEventSourceLogForwarder>().Start();

            var factory = new ConnectionFactory();
            section.GetSection("ConnectionFactory").Bind(factory);
            namedSection.GetSection("ConnectionFactory").Bind(factory);
            if (!string.IsNullOrEmpty(settings.ConnectionString))
                factory.Uri = new Uri(settings.ConnectionString);

            configureConnectionFactory?.Invoke(factory);
            return factory;
        }

        builder.Services.AddSingleton<RabbitMQEventSourceLogForwarder>();
        AddConnection(builder.Services, settings, CreateFactory, serviceKey);
        AddHealthAndTelemetry(builder, settings, connectionName, serviceKey);
    }

    private static void AddConnection(
        IServiceCollection services, RabbitMQClientSettings settings, Func<IServiceProvider, IConnectionFactory> createFactory, string? serviceKey)
    {
        if (serviceKey is null)
        {
            services.AddSingleton(createFactory);
            services.AddSingleton(provider =>
                ConnectionOpener.Open(provider.GetRequiredService<IConnectionFactory>(), settings.MaxConnectRetryCount));
        }
        else
        {
            services.AddKeyedSingleton(serviceKey, (provider, _) => createFactory(provider));
            services.AddKeyedSingleton(serviceKey, (provider, key) =>
                ConnectionOpener.Open(provider.GetRequiredKeyedService<IConnectionFactory>(key), settings.MaxConnectRetryCount));
        }

        if (!settings.DisableAutoActivation)
            services.ActivateAtStart<IConnection>(serviceKey);
    }

    private static void AddHealthAndTelemetry(
        IHostApplicationBuilder builder, RabbitMQClientSettings settings, string connectionName, string? serviceKey)
    {
        if (!settings.DisableTracing)
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing =>
                tracing.AddSource(ConnectionOpener.ActivitySourceName, "RabbitMQ.Client.*"));

        if (!settings.DisableHealthChecks)
            builder.TryAddHealthCheck(new HealthCheckRegistration(
                serviceKey is null ? "RabbitMQ.Client" : $"RabbitMQ.Client_{connectionName}",
                provider => new RabbitMQHealthCheck(provider, serviceKey),
                failureStatus: null,
                tags: null));
    }
}
