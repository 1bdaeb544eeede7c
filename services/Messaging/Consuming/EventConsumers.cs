using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using ShopFlow.ServiceDefaults.Health;

namespace ShopFlow.Messaging;

/// <summary>The consumers of all queues of a service, on one connection. They start without the broker and join it when it comes.</summary>
internal sealed class EventConsumers : BackgroundService, IAsyncDisposable
{
    private readonly BrokerConnection connection;
    private readonly QueueConsumer[] consumers;

    public EventConsumers(
        IReadOnlyList<ConsumedQueue> queues,
        IConnectionFactory factory,
        DeliveryHandling handling,
        ConsumerHold hold,
        IDependencies dependencies,
        MessagingOptions options,
        TimeProvider time,
        ILogger<EventConsumers> logger)
    {
        connection = new(factory, $"{options.ServiceName} consumes");
        consumers = [.. queues.Select(queue => new QueueConsumer(queue, connection, handling, hold, dependencies, options, time, logger))];
    }

    /// <summary>Whether each queue is consumed, or held on purpose.</summary>
    public bool AreWorking => consumers.All(consumer => consumer.IsConsuming || consumer.IsHeld);

    public bool AreHeld => consumers.Any(consumer => consumer.IsHeld);

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        foreach (var consumer in consumers)
            consumer.Dispose();

        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(consumers.Select(consumer => consumer.RunAsync(stoppingToken)));
}
