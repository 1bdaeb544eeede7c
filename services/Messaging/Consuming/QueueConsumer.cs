using System.Diagnostics;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace ShopFlow.Messaging;

/// <summary>
/// Consumes one queue for as long as the service runs. Each delivery ends in one of four ways: handled, seen before, passed on
/// to a retry or dead-letter queue, or, when the broker or this process goes away first, left unacknowledged, and then the
/// broker delivers it again.
/// </summary>
internal sealed class QueueConsumer(
    ConsumedQueue queue,
    BrokerConnection connection,
    IEventDispatcher dispatcher,
    FailedDelivery failed,
    MessagingTelemetry telemetry,
    MessagingOptions options,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim places = new(options.Concurrency, options.Concurrency);
    private readonly CancellationTokenSource drained = new();
    private readonly OutageLog outages = new(logger);

    public bool IsConsuming { get; private set; }

    /// <summary>Returns when <paramref name="stopping"/> was asked for and the running handlers have ended.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ConsumeAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                outages.Failed($"{queue.Name} is not consumed", e);
            }

            await Task.Delay(options.ReconnectDelay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        drained.Dispose();
        places.Dispose();
    }

    private async Task ConsumeAsync(CancellationToken stopping)
    {
        var open = await connection.OpenAsync(stopping);
        var channelOptions = new CreateChannelOptions(
            publisherConfirmationsEnabled: false,
            publisherConfirmationTrackingEnabled: false,
            consumerDispatchConcurrency: options.Concurrency);
        await using var channel = await open.CreateChannelAsync(channelOptions, stopping);

        await Topology.DeclareConsumerAsync(channel, queue.Name, queue.Subscriptions.Keys, options.RetryDelays, stopping);
        await channel.BasicQosAsync(prefetchSize: 0, options.Prefetch, global: false, stopping);

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => ReceiveAsync(channel, delivery, stopping);
        consumer.UnregisteredAsync += (_, _) => End("the queue was deleted");
        channel.ChannelShutdownAsync += (_, e) => End(e.ReplyText);

        var tag = await channel.BasicConsumeAsync(queue.Name, autoAck: false, consumer, stopping);
        IsConsuming = true;
        outages.Recovered($"{queue.Name} is consumed again");
        try
        {
            await ended.Task.WaitAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await DrainAsync(channel, tag);
        }
        finally
        {
            IsConsuming = false;
        }

        Task End(string reason)
        {
            logger.LogDebug("The consumer of {Queue} ended: {Reason}", queue.Name, reason);
            ended.TrySetResult();
            return Task.CompletedTask;
        }
    }

    // No new deliveries, then time for the running handlers, then they are cancelled.
    private async Task DrainAsync(IChannel channel, string tag)
    {
        drained.CancelAfter(options.DrainTime);
        try
        {
            await channel.BasicCancelAsync(tag, noWait: true, drained.Token);
            for (var handler = 0; handler < options.Concurrency; handler++)
                await places.WaitAsync(drained.Token);
        }
        catch (OperationCanceledException)
        {
            logger.LogWarning("Handlers of {Queue} were stopped halfway; their events will be delivered again", queue.Name);
        }
    }

    private async Task ReceiveAsync(IChannel channel, BasicDeliverEventArgs delivery, CancellationToken stopping)
    {
        if (!await MayStartAsync(stopping))
            return;

        try
        {
            await ProcessAsync(channel, delivery);
        }
        catch (Exception e) when (e is AlreadyClosedException or OperationCanceledException || !channel.IsOpen)
        {
            logger.LogDebug(e, "A delivery of {Queue} was not acknowledged; the broker repeats it", queue.Name);
        }
        catch (Exception e)
        {
            // Neither handled nor passed on: the broker is in trouble, not the event.
            logger.LogWarning(e, "A delivery of {Queue} goes back to the queue", queue.Name);
            await Task.Delay(options.ReconnectDelay, time, drained.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ReturnAsync(channel, delivery);
        }
        finally
        {
            places.Release();
        }
    }

    // There are as many places as handlers may run. After a reconnect those of the lost channel are still taken for a while; at a
    // stop they are closed one by one, and what the client holds in its buffer goes back to the broker.
    private async Task<bool> MayStartAsync(CancellationToken stopping)
    {
        try
        {
            await places.WaitAsync(stopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ProcessAsync(IChannel channel, BasicDeliverEventArgs delivery)
    {
        using var activity = MessagingTelemetry.StartProcessing(
            queue.Name, delivery.EventName(), delivery.BasicProperties.MessageId, delivery.BasicProperties.Text(MessageHeaders.TraceParent));

        try
        {
            await HandleAsync(delivery);
        }
        catch (Exception e) when (!drained.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            var destination = await failed.PassOnAsync(queue.Name, delivery, e, drained.Token);
            logger.LogError(e, "{Event} {Id} failed and is in {Destination}", delivery.EventName(), delivery.BasicProperties.MessageId, destination);
        }

        await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, drained.Token);
    }

    private async Task HandleAsync(BasicDeliverEventArgs delivery)
    {
        var name = delivery.EventName();
        if (!queue.Subscriptions.TryGetValue(name, out var subscription))
        {
            // A binding that an earlier version made: this one has no use for the event.
            logger.LogDebug("{Queue} has no handler for {Event}", queue.Name, name);
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(drained.Token);
        limit.CancelAfter(options.HandlerTimeout);

        var started = time.GetTimestamp();
        try
        {
            if (await dispatcher.DispatchAsync(subscription, delivery.ReadEvent(subscription.EventType), limit.Token))
                telemetry.Consumed(queue.Name, name, time.GetElapsedTime(started));
            else
                telemetry.Repeated(queue.Name, name);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !drained.IsCancellationRequested)
        {
            throw new TimeoutException($"The handler of {name} took longer than {options.HandlerTimeout}.", e);
        }
    }

    private async Task ReturnAsync(IChannel channel, BasicDeliverEventArgs delivery)
    {
        try
        {
            await channel.BasicNackAsync(delivery.DeliveryTag, multiple: false, requeue: true, drained.Token);
        }
        catch (Exception e) when (e is AlreadyClosedException or OperationCanceledException || !channel.IsOpen)
        {
            logger.LogDebug(e, "{Queue} was closed first, which returns the delivery too", queue.Name);
        }
    }
}
