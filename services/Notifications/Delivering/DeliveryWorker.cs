using System.Collections.Concurrent;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Mail;
using ShopFlow.Notifications.Webhooks;

namespace ShopFlow.Notifications.Delivering;

/// <summary>
/// Sends whatever is due: new deliveries, failed ones whose wait is over, and what a crashed worker left behind. Each webhook is
/// talked to by one task at a time, so a slow one holds up nobody else.
/// </summary>
internal sealed class DeliveryWorker(
    IServiceScopeFactory scopes,
    DeliveryRound round,
    IMailTransport mail,
    WebhookTransport webhooks,
    DeliveryTelemetry telemetry,
    DeliveryOptions options,
    TimeProvider time,
    ILogger<DeliveryWorker> logger) : BackgroundService
{
    private readonly SemaphoreSlim _slots = new(options.Concurrency);
    private readonly ConcurrentDictionary<Guid, bool> _busy = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
                await StepAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            await FinishAsync();
        }
    }

    private async Task StepAsync(CancellationToken stoppingToken)
    {
        var leaseEnd = time.GetUtcNow() + options.Lease;
        var claimed = await ClaimAsync(stoppingToken);
        foreach (var receiver in claimed.GroupBy(delivery => delivery.WebhookId))
        {
            // A group that gets no slot before the stop is due again when its lease ends.
            await _slots.WaitAsync(stoppingToken);
            if (receiver.Key is { } webhook)
                _busy[webhook] = true;
            _ = RunAsync(receiver.Key, [.. receiver], leaseEnd, stoppingToken);
        }

        if (claimed.Count < options.BatchSize)
            await Task.Delay(options.PollInterval, time, stoppingToken);
    }

    private async Task<List<ClaimedDelivery>> ClaimAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var unrecorded = Unrecorded.Start("delivery worker");
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<DueDeliveries>().ClaimAsync(_busy.Keys, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogError(e, "Due deliveries could not be claimed; trying again");
            return [];
        }
    }

    private async Task RunAsync(Guid? webhook, IReadOnlyList<ClaimedDelivery> deliveries, DateTimeOffset leaseEnd, CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start("delivery worker");
        try
        {
            using var channel = webhook is null ? mail.Open() : webhooks.Open();
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
            if (webhook is { } known)
                _busy.TryRemove(known, out _);
            _slots.Release();
        }
    }

    // What is being sent is sent to its end and written down.
    private async Task FinishAsync()
    {
        for (var slot = 0; slot < options.Concurrency; slot++)
            await _slots.WaitAsync(CancellationToken.None);
    }
}
