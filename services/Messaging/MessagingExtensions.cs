using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

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
    public static IHostApplicationBuilder AddMessaging<TContext>(
        this IHostApplicationBuilder builder, string connectionName, Action<MessagingBuilder>? configure = null)
        where TContext : DbContext
    {
        var messaging = new MessagingBuilder();
        configure?.Invoke(messaging);

        builder.Services.TryAddSingleton(TimeProvider.System);
        foreach (var subscription in messaging.Subscriptions)
        {
            builder.Services.TryAddScoped(subscription.HandlerType);
        }

        return builder;
    }
}
