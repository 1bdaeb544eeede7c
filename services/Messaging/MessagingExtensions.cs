using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.FeatureManagement;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ShopFlow.Messaging;

public static class MessagingExtensions
{
    /// <summary>
    /// Adds what a service needs to publish and to consume events: the outbox relay, a consumer for each family of events, and
    /// a health check. <typeparamref name="TContext"/> must call <see cref="MessagingModelExtensions.AddMessaging"/>.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">The connection string of the broker.</param>
    /// <param name="configure">Names the events consumed and their handlers.</param>
    /// <exception cref="ValidationException">The section "Messaging" of the configuration has a wrong value.</exception>
    public static IHostApplicationBuilder AddMessaging<TContext>(
        this IHostApplicationBuilder builder, string connectionName, Action<MessagingBuilder>? configure = null)
        where TContext : DbContext
    {
        var options = AddTransport(builder, connectionName);
        AddOutbox<TContext>(builder.Services);
        AddConsumers<EventDispatcher<TContext>>(builder.Services, options, configure);
        builder.Services.AddHostedService<InboxCleanup<TContext>>();
        AddHealthCheck(builder.Services, provider => new(provider.GetRequiredService<EventConsumers>(), provider.GetRequiredService<ConfirmedPublisher>()));
        return builder;
    }

    /// <summary>
    /// Adds what a service without a database needs to consume events. There is no inbox: its handlers must see to it that an
    /// event that is delivered twice has its effect once. It publishes nothing.
    /// </summary>
    /// <inheritdoc cref="AddMessaging"/>
    public static IHostApplicationBuilder AddConsumers(
        this IHostApplicationBuilder builder, string connectionName, Action<MessagingBuilder> configure)
    {
        var options = AddTransport(builder, connectionName);
        AddConsumers<DirectDispatcher>(builder.Services, options, configure);
        AddHealthCheck(builder.Services, provider => new(provider.GetRequiredService<EventConsumers>()));
        return builder;
    }

    private static MessagingOptions AddTransport(IHostApplicationBuilder builder, string connectionName)
    {
        var options = ReadOptions(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);

        AddBroker(builder, connectionName);
        AddTelemetry(builder.Services);

        return options;
    }

    private static MessagingOptions ReadOptions(IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Messaging").Get<MessagingOptions>() ?? new();
        if (options.ServiceName is "")
            options = options with { ServiceName = builder.Environment.ApplicationName.Split('.')[^1].ToLowerInvariant() };

        if (options.RetryDelays is [])
            options = options with { RetryDelays = MessagingOptions.DefaultRetryDelays };

        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        return options;
    }

    // The client's own recovery, health check and spans are off: connections are opened anew by those who use them, who also know
    // whether they work, and a span of ours continues the publisher's trace.
    private static void AddBroker(IHostApplicationBuilder builder, string connectionName)
    {
        builder.AddRabbitMQClient(
            connectionName,
            settings =>
            {
                settings.DisableHealthChecks = true;
                settings.DisableTracing = true;
                settings.DisableAutoActivation = true;
            },
            factory =>
            {
                factory.AutomaticRecoveryEnabled = false;
                factory.TopologyRecoveryEnabled = false;
                factory.RequestedHeartbeat = TimeSpan.FromSeconds(10);
                factory.RequestedConnectionTimeout = TimeSpan.FromSeconds(5);
                factory.ContinuationTimeout = TimeSpan.FromSeconds(10);
            });

        builder.Services.TryAddSingleton(PlatformConsumers.All);
        builder.Services.AddSingleton<ConfirmedPublisher>();
    }

    private static void AddOutbox<TContext>(IServiceCollection services)
        where TContext : DbContext
    {
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxInterceptor>();
        services.ConfigureDbContext<TContext>(
            (provider, db) => db.AddInterceptors(provider.GetRequiredService<OutboxInterceptor>()), ServiceLifetime.Singleton);

        services.AddSingleton<OutboxSender>();
        services.AddHostedService<OutboxRelay<TContext>>();
        services.AddHostedService<OutboxListener<TContext>>();
        services.AddHostedService<OutboxGauge<TContext>>();
        services.AddSingleton<ServiceDefaults.IAdminActionLog, OutboxAdminActionLog<TContext>>();
    }

    private static void AddConsumers<TDispatcher>(
        IServiceCollection services, MessagingOptions options, Action<MessagingBuilder>? configure)
        where TDispatcher : class, IEventDispatcher
    {
        var messaging = new MessagingBuilder();
        configure?.Invoke(messaging);
        foreach (var subscription in messaging.Subscriptions)
            services.TryAddScoped(subscription.HandlerType);

        services.AddSingleton(ConsumedQueue.For(options.ServiceName, messaging.Subscriptions));
        services.AddSingleton<IEventDispatcher, TDispatcher>();
        services.AddSingleton(provider => new ConsumerHold(
            messaging.Hold, messaging.Hold is null ? null : provider.GetRequiredService<IFeatureManager>()));
        services.AddSingleton<FailedDelivery>();
        services.AddSingleton<DeliveryHandling>();
        services.AddSingleton<EventConsumers>();
        services.AddHostedService(provider => provider.GetRequiredService<EventConsumers>());
        services.AddSingleton<DeadLetterQueues>();
    }

    private static void AddHealthCheck(IServiceCollection services, Func<IServiceProvider, MessagingHealthCheck> create) =>
        services.AddHealthChecks().Add(new(MessagingHealthCheck.Name, create, failureStatus: null, tags: null));

    private static void AddTelemetry(IServiceCollection services)
    {
        services.AddSingleton<MessagingTelemetry>();
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(MessagingTelemetry.Name));
        services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(MessagingTelemetry.Name));
    }
}
