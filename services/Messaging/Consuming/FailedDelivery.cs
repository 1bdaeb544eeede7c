using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ShopFlow.Messaging;

/// <summary>Where a delivery goes that could not be handled: into the queue that returns it after a while, or to the dead.</summary>
internal sealed class FailedDelivery(
    ConfirmedPublisher publisher, MessagingTelemetry telemetry, MessagingOptions options, TimeProvider time)
{
    // What a broker takes in a header is limited, and the log has the rest.
    private const int LongestReason = 500;

    /// <summary>Returns when the broker has confirmed the copy; then the original may be acknowledged.</summary>
    /// <returns>The queue that holds it now.</returns>
    public async Task<string> PassOnAsync(string queue, BasicDeliverEventArgs delivery, Exception reason, CancellationToken cancellationToken)
    {
        var attempts = delivery.BasicProperties.AttemptsSoFar() + 1;
        var dead = reason is MalformedEventException || attempts > options.RetryDelays.Length;
        var destination = dead ? Topology.DeadQueue(queue) : Topology.RetryQueue(queue, options.RetryDelays[attempts - 1]);

        await publisher.PublishAsync("", destination, PropertiesOf(delivery, attempts, reason), delivery.Body, cancellationToken);

        var name = delivery.EventName();
        if (dead)
            telemetry.Dead(queue, name);
        else
            telemetry.Retried(queue, name);

        return destination;
    }

    private BasicProperties PropertiesOf(BasicDeliverEventArgs delivery, int attempts, Exception reason)
    {
        var text = $"{reason.GetType().Name}: {reason.Message}";
        return new BasicProperties
        {
            MessageId = delivery.BasicProperties.MessageId,
            // Its way back is through the default exchange, where the routing key is the queue.
            Type = delivery.EventName(),
            ContentType = delivery.BasicProperties.ContentType,
            Timestamp = delivery.BasicProperties.Timestamp,
            Persistent = true,
            Headers = new Dictionary<string, object?>
            {
                [MessageHeaders.TraceParent] = delivery.BasicProperties.Text(MessageHeaders.TraceParent),
                [MessageHeaders.Attempts] = attempts,
                [MessageHeaders.Reason] = text[..Math.Min(text.Length, LongestReason)],
                [MessageHeaders.FailedAt] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            },
        };
    }
}
