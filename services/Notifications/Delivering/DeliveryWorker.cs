using System.Collections.Concurrent;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Mail;
using ShopFlow.Notifications.Webhooks;

namespace ShopFlow.Notifications.Delivering;

/// <summary>
/// Sends whatever is due: new deliveries, failed ones whose wait is over, and what a crashed worker left behind. Each webhook is
/// talked to by one task at a time, and e-mails wait for none of them, however many are slow.
/// </summary>
internal sealed class DeliveryWorker(
    IServiceScopeFactory scopes,
    DeliveryRound round,
    IMailTransport mail,
    WebhookTransport webhooks,
    DeliveryTelemetry telemetry,
    DeliverySignal signal,
    DeliveryOptions options,
    TimeProvider time,
    ILogger<DeliveryWorker> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, bool> _busy = [];

    private sealed record Lane(bool IsMail, Func<IOutwardChannel> Open, SemaphoreSlim Slots);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RunAsync(isMail: true, mail.Open, stoppingToken),
        RunAsync(isMail: false, webhooks.Open, stoppingToken));

    private async Task RunAsync(bool isMail, Func<IOutwardChannel> open, CancellationToken stoppingToken)
    {
        using var slots = new SemaphoreSlim(options.Concurrency);
        var lane = new Lane(isMail, open, slots);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                await StepAsync(lane, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            // What came of the deliveries that are under way is written down.
            for (var slot = 0; slot < options.Concurrency; slot++)
                await slots.WaitAsync(CancellationToken.None);
        }
    }

    private async Task StepAsync(Lane lane, CancellationToken stoppingToken)
    {
        var woken = signal.Next;
        var leaseEnd = time.GetUtcNow() + options.Lease;
        var claimed = await ClaimAsync(lane, stoppingToken);
        foreach (var receiver in claimed.GroupBy(delivery => delivery.WebhookId))
        {
            // A group that gets no slot before the stop is due again when its lease ends.
            await lane.Slots.WaitAsync(stoppingToken);
            if (receiver.Key is { } webhook)
                _busy[webhook] = true;
            _ = SendAsync(lane, receiver.Key, [.. receiver], leaseEnd, stoppingToken);
        }

        if (claimed.Count < options.BatchSize)
        {
            await woken.WaitAsync(options.PollInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(options.Gather, time, stoppingToken);
        }
    }

    private async Task<List<ClaimedDelivery>> ClaimAsync(Lane lane, CancellationToken stoppingToken)
    {
        try
        {
            using var unrecorded = Unrecorded.Start("delivery worker");
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<DueDeliveries>().ClaimAsync(lane.IsMail, _busy.Keys, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogError(e, "Due deliveries could not be claimed; trying again");
            return [];
        }
    }

    private async Task SendAsync(
        Lane lane, Guid? webhook, IReadOnlyList<ClaimedDelivery> deliveries, DateTimeOffset leaseEnd, CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start("delivery worker");
        try
        {
            using var channel = lane.Open();
            var outcomes = await round.RunAsync(channel, deliveries, leaseEnd, stoppingToken);
            telemetry.Count(outcomes);

            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<OutcomeTable>().WriteAsync(outcomes, CancellationToken.None);
        }
        catch (Exception e)
        {
            // The lease ends, and they are due again.
            logger.LogError(e, "{Count} deliveries could not be worked on; they are taken up again in {Lease}", deliveries.Count, options.Lease);
        }
        finally
        {
            lane.Slots.Release();
            if (webhook is { } known)
            {
                // What came for it meanwhile was passed over.
                _busy.TryRemove(known, out _);
                signal.Set();
            }
        }
    }
}
