using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ShopFlow.Messaging;

/// <summary>
/// The exchange and the queues, declared by whoever needs them; declaring again changes nothing. All queues are quorum queues:
/// written to disk before they confirm, replicated where the broker is a cluster.
/// </summary>
internal static class Topology
{
    public const string Exchange = "shopflow.events";

    /// <summary>Where events end that nobody wanted for a while: kept some days for whoever comes later.</summary>
    public const string UnroutedQueue = "shopflow.unrouted";

    // Deliveries that ended without a word from the consumer, because its process died. Failures that it tells of are counted
    // by itself, see RetryDelays.
    private const int DeliveryLimit = 20;

    // Each look at a dead letter counts as a delivery, and a broker's own limit, 20 from version 4 on, would end what was looked at.
    private const int LookLimit = 1_000_000_000;

    private const int NotFound = 404;

    private static readonly TimeSpan UnroutedRetention = TimeSpan.FromDays(7);

    public static string RetryQueue(string queue, TimeSpan delay) =>
        string.Create(CultureInfo.InvariantCulture, $"{queue}.retry.{delay.TotalSeconds:0.###}s");

    public static string DeadQueue(string queue) => $"{queue}.dead";

    public static async Task DeclareSharedAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, cancellationToken: cancellationToken);
        await DeclareQueueAsync(channel, UnroutedQueue, new() { ["x-message-ttl"] = Milliseconds(UnroutedRetention) }, cancellationToken);
    }

    /// <summary>The queues of everybody, bound to what they are to receive; their owners add what belongs to their retries.</summary>
    public static async Task DeclareAllAsync(IChannel channel, ILookup<string, string> eventNamesByQueue, CancellationToken cancellationToken)
    {
        await DeclareSharedAsync(channel, cancellationToken);
        foreach (var queue in eventNamesByQueue)
            await DeclareConsumedAsync(channel, queue.Key, queue, cancellationToken);
    }

    /// <summary>The queue, a waiting queue for each retry delay, and the queue for what is dead.</summary>
    public static async Task DeclareConsumerAsync(
        IConnection connection, IChannel channel, string queue, IEnumerable<string> eventNames, IEnumerable<TimeSpan> retryDelays, CancellationToken cancellationToken)
    {
        await DeclareSharedAsync(channel, cancellationToken);
        await DeclareDeadAsync(connection, DeadQueue(queue), cancellationToken);

        foreach (var delay in retryDelays)
        {
            var waiting = PassingOnTo(queue);
            waiting["x-message-ttl"] = Milliseconds(delay);
            await DeclareQueueAsync(channel, RetryQueue(queue, delay), waiting, cancellationToken);
        }

        await DeclareConsumedAsync(channel, queue, eventNames, cancellationToken);
    }

    private static async Task DeclareConsumedAsync(
        IChannel channel, string queue, IEnumerable<string> eventNames, CancellationToken cancellationToken)
    {
        var arguments = PassingOnTo(DeadQueue(queue));
        arguments["x-delivery-limit"] = DeliveryLimit;
        await DeclareQueueAsync(channel, queue, arguments, cancellationToken);

        foreach (var name in eventNames)
            await channel.QueueBindAsync(queue, Exchange, name, cancellationToken: cancellationToken);
    }

    // One that an earlier version declared keeps its arguments: declaring it with others is an error that would keep the service from
    // consuming.
    private static async Task DeclareDeadAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        try
        {
            await using var looking = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await looking.QueueDeclarePassiveAsync(queue, cancellationToken);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == NotFound)
        {
            await using var declaring = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await DeclareQueueAsync(declaring, queue, new() { ["x-delivery-limit"] = LookLimit }, cancellationToken);
        }
    }

    // At least once: what leaves a queue stays in it until the next one has confirmed. The broker wants reject-publish for that.
    private static Dictionary<string, object?> PassingOnTo(string queue) => new()
    {
        ["x-dead-letter-exchange"] = "",
        ["x-dead-letter-routing-key"] = queue,
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-overflow"] = "reject-publish",
    };

    private static Task DeclareQueueAsync(
        IChannel channel, string name, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        arguments["x-queue-type"] = "quorum";
        return channel.QueueDeclareAsync(
            name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
    }

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
