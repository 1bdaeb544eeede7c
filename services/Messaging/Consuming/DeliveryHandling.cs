using System.Diagnostics;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using ShopFlow.ServiceDefaults.Health;

namespace ShopFlow.Messaging;

/// <summary>
/// Sees each delivery of a batch to its end: handled, seen before, or passed on to a retry or dead-letter queue. Then, and only
/// then, the broker is told.
/// </summary>
internal sealed class DeliveryHandling(
    IEventDispatcher dispatcher,
    FailedDelivery failed,
    IDependencies dependencies,
    MessagingTelemetry telemetry,
    MessagingOptions options,
    TimeProvider time,
    ILogger<DeliveryHandling> logger)
{
    /// <exception cref="RabbitMQ.Client.Exceptions.AlreadyClosedException">The channel is gone, and the deliveries with it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="drained"/> ended first.</exception>
    /// <exception cref="DependenciesAwayException">What was not handled is not acknowledged either.</exception>
    public async Task HandleAsync(ConsumedQueue queue, IChannel channel, IReadOnlyList<BasicDeliverEventArgs> deliveries, CancellationToken drained)
    {
        var batch = await ReadAsync(queue, channel, deliveries, drained);
        try
        {
            if (batch.Count > 1 && await TryHandleTogetherAsync(queue, channel, batch, drained))
                return;

            foreach (var received in batch)
                await HandleAloneAsync(queue, channel, received, drained);
        }
        finally
        {
            foreach (var received in batch)
                received.Activity?.Dispose();
        }
    }

    // What is no event, or no event of this service's any more, is settled at once.
    private async Task<List<ReceivedEvent>> ReadAsync(
        ConsumedQueue queue, IChannel channel, IReadOnlyList<BasicDeliverEventArgs> deliveries, CancellationToken drained)
    {
        var batch = new List<ReceivedEvent>(deliveries.Count);
        foreach (var delivery in deliveries)
        {
            var name = delivery.EventName();
            if (!queue.Subscriptions.TryGetValue(name, out var subscription))
            {
                logger.LogDebug("{Queue} has no handler for {Event}, to which an earlier version bound it", queue.Name, name);
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, drained);
                continue;
            }

            Activity.Current = null;
            var activity = MessagingTelemetry.StartProcessing(
                queue.Name, name, delivery.BasicProperties.MessageId, delivery.BasicProperties.Text(MessageHeaders.TraceParent));
            try
            {
                var e = delivery.ReadEvent(subscription.EventType) with { TraceParent = activity?.Id };
                batch.Add(new(delivery, subscription, e, activity));
            }
            catch (MalformedEventException e)
            {
                using (activity)
                    await PassOnAsync(queue, channel, delivery, e, activity, drained);
            }
        }

        return batch;
    }

    private async Task<bool> TryHandleTogetherAsync(
        ConsumedQueue queue, IChannel channel, IReadOnlyList<ReceivedEvent> batch, CancellationToken drained)
    {
        try
        {
            await DispatchAsync(queue, batch, drained);
        }
        catch (Exception e) when (!drained.IsCancellationRequested)
        {
            logger.LogDebug(e, "A batch of {Count} from {Queue} failed; each event is handled alone", batch.Count, queue.Name);
            return false;
        }

        // Everything before it was settled earlier.
        await channel.BasicAckAsync(batch[^1].Delivery.DeliveryTag, multiple: true, drained);
        return true;
    }

    private async Task HandleAloneAsync(ConsumedQueue queue, IChannel channel, ReceivedEvent received, CancellationToken drained)
    {
        try
        {
            await DispatchAsync(queue, [received], drained);
        }
        catch (Exception e) when (!drained.IsCancellationRequested)
        {
            // Every event fails in a service without its database; the tries of none are used up by that.
            if (await dependencies.AreAwayAsync(besides: MessagingHealthCheck.Name))
                throw new DependenciesAwayException(e);

            await PassOnAsync(queue, channel, received.Delivery, e, received.Activity, drained);
            return;
        }

        await channel.BasicAckAsync(received.Delivery.DeliveryTag, multiple: false, drained);
    }

    private async Task DispatchAsync(ConsumedQueue queue, IReadOnlyList<ReceivedEvent> batch, CancellationToken drained)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(drained);
        limit.CancelAfter(options.HandlerTimeout);

        // The statements that serve all of them are shown in one trace that is taken, if there is one.
        Activity.Current = (batch.FirstOrDefault(received => received.Activity is { Recorded: true }) ?? batch[0]).Activity;
        var started = time.GetTimestamp();
        try
        {
            var handled = await dispatcher.DispatchAsync(batch, limit.Token);

            var elapsed = time.GetElapsedTime(started);
            foreach (var received in handled)
                telemetry.Consumed(queue.Name, received.Subscription.EventName, elapsed);
            foreach (var received in batch.Except(handled))
                telemetry.Repeated(queue.Name, received.Subscription.EventName);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !drained.IsCancellationRequested)
        {
            throw new TimeoutException($"Handling took longer than {options.HandlerTimeout}.", e);
        }
    }

    private async Task PassOnAsync(
        ConsumedQueue queue, IChannel channel, BasicDeliverEventArgs delivery, Exception reason, Activity? activity, CancellationToken drained)
    {
        activity?.SetStatus(ActivityStatusCode.Error, reason.Message);
        string destination;
        try
        {
            destination = await failed.PassOnAsync(queue.Name, delivery, reason, drained);
        }
        catch (Exception e) when (channel.IsOpen && !drained.IsCancellationRequested)
        {
            // Neither handled nor passed on: the broker is in trouble, not the event.
            logger.LogWarning(e, "A delivery of {Queue} goes back to the queue", queue.Name);
            await Task.Delay(options.ReconnectDelay, time, drained);
            await channel.BasicNackAsync(delivery.DeliveryTag, multiple: false, requeue: true, drained);
            return;
        }

        logger.LogError(
            reason, "{Event} {Id} failed and is in {Destination}", delivery.EventName(), delivery.BasicProperties.MessageId, destination);
        await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, drained);
    }
}
