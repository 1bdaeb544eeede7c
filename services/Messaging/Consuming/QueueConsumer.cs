using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using ShopFlow.ServiceDefaults.Health;

namespace ShopFlow.Messaging;

/// <summary>
/// Consumes one queue for as long as the service runs, and hands over what waits in it in batches. A delivery that is not
/// acknowledged, because the broker or this process goes away first, is delivered again.
/// </summary>
internal sealed class QueueConsumer(
    ConsumedQueue queue,
    BrokerConnection connection,
    DeliveryHandling handling,
    ConsumerHold hold,
    IDependencies dependencies,
    MessagingOptions options,
    TimeProvider time,
    ILogger logger)
    : IDisposable
{
    private readonly CancellationTokenSource drained = new();
    private readonly OutageLog outages = new(logger);

    private volatile AsyncEventingBasicConsumer? running;

    /// <summary>Whether the broker hands events over.</summary>
    public bool IsConsuming => running is { IsRunning: true, Channel.IsOpen: true };

    /// <summary>Whether it consumes nothing because a feature flag says so.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Returns when <paramref name="stopping"/> was asked for and the running handlers have ended.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await WaitWhileHeldAsync(stopping);
                await ConsumeAsync(stopping);
                if (IsHeld)
                    continue;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                IsHeld = false;
                outages.Failed($"{queue.Name} is not consumed", e);
                if (e is DependenciesAwayException)
                    await WaitWhileAwayAsync(stopping);
            }

            await Task.Delay(options.ReconnectDelay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => drained.Dispose();

    // What is handed over and not acknowledged for long costs the channel, and what comes back often is dead in the end: while it is held
    // nothing is taken from the broker.
    private async Task WaitWhileHeldAsync(CancellationToken stopping)
    {
        while (await hold.IsOnAsync())
        {
            IsHeld = true;
            await Task.Delay(ConsumerHold.LookInterval, time, stopping);
        }
    }

    private async Task WaitWhileAwayAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && await dependencies.AreAwayAsync(besides: MessagingHealthCheck.Name))
            await Task.Delay(options.ReconnectDelay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ConsumeAsync(CancellationToken stopping)
    {
        var open = await connection.OpenAsync(stopping);
        await using var channel = await open.CreateChannelAsync(cancellationToken: stopping);

        await Topology.DeclareConsumerAsync(open, channel, queue.Name, queue.Subscriptions.Keys, options.RetryDelays, stopping);
        await channel.BasicQosAsync(prefetchSize: 0, options.Prefetch, global: false, stopping);

        // Bounded by the prefetch: the broker hands over no more than that ahead.
        var waiting = Channel.CreateUnbounded<BasicDeliverEventArgs>(new() { SingleReader = true, SingleWriter = true });
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => Receive(delivery);
        consumer.UnregisteredAsync += (_, _) => End("the queue was deleted");
        channel.ChannelShutdownAsync += (_, e) => End(e.ReplyText);

        await channel.BasicConsumeAsync(queue.Name, autoAck: false, consumer, stopping);
        (running, IsHeld) = (consumer, false);
        outages.Recovered($"{queue.Name} is consumed again");
        try
        {
            await HandleAsync(channel, waiting.Reader, stopping);
        }
        finally
        {
            running = null;
        }

        Task Receive(BasicDeliverEventArgs delivery)
        {
            waiting.Writer.TryWrite(delivery.Keep());
            return Task.CompletedTask;
        }

        Task End(string reason)
        {
            logger.LogDebug("The consumer of {Queue} ended: {Reason}", queue.Name, reason);
            waiting.Writer.TryComplete();
            return Task.CompletedTask;
        }
    }

    // One batch at a time: what arrives meanwhile is the next one. At a stop the running batch has some time left; what is still
    // waiting goes back to the broker with the channel.
    private async Task HandleAsync(IChannel channel, ChannelReader<BasicDeliverEventArgs> waiting, CancellationToken stopping)
    {
        await using var stop = stopping.Register(() => drained.CancelAfter(options.DrainTime));
        var batch = new List<BasicDeliverEventArgs>(options.HandlerBatchSize);

        while (!stopping.IsCancellationRequested && await waiting.WaitToReadAsync(stopping))
        {
            if (await hold.IsOnAsync())
            {
                IsHeld = true;
                return;
            }

            batch.Clear();
            while (batch.Count < options.HandlerBatchSize && waiting.TryRead(out var delivery))
                batch.Add(delivery);

            try
            {
                await handling.HandleAsync(queue, channel, batch, drained.Token);
            }
            catch (Exception e) when (drained.IsCancellationRequested || !channel.IsOpen)
            {
                logger.LogDebug(e, "Deliveries of {Queue} were not acknowledged; the broker repeats them", queue.Name);
                return;
            }
        }
    }
}
