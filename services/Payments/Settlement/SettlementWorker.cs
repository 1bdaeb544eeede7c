using ShopFlow.Messaging;
using ShopFlow.Payments.Data;
using ShopFlow.Payments.Refunds;

namespace ShopFlow.Payments.Settlement;

/// <summary>
/// Works on whatever is due: new payments and refunds, unknown outcomes, and what a crashed worker left behind. A provider that
/// is slow for one payment does not hold up the others.
/// </summary>
internal sealed class SettlementWorker(
    IServiceScopeFactory scopes,
    SettlePayment settlePayment,
    DueSignal signal,
    PaymentsOptions options,
    TimeProvider time,
    ILogger<SettlementWorker> logger) : BackgroundService
{
    private readonly SemaphoreSlim _slots = new(options.Concurrency);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
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
        var slots = await TakeSlotsAsync(stoppingToken);
        var started = 0;
        try
        {
            foreach (var work in await ClaimAsync(slots, stoppingToken))
            {
                started++;
                _ = RunAsync(work);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError(e, "Due payments could not be claimed; trying again");
            await Task.Delay(options.PollInterval, time, stoppingToken);
        }
        finally
        {
            if (started < slots)
                _slots.Release(slots - started);
        }

        if (started < slots)
            await signal.WaitAsync(options.PollInterval, stoppingToken);
    }

    // Waits for one free slot and takes all others that are free.
    private async Task<int> TakeSlotsAsync(CancellationToken stoppingToken)
    {
        await _slots.WaitAsync(stoppingToken);
        var taken = 1;
        while (taken < options.Concurrency && _slots.Wait(0, CancellationToken.None))
            taken++;
        return taken;
    }

    private async Task<List<Func<Task>>> ClaimAsync(int limit, CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start("settlement worker");
        await using var scope = scopes.CreateAsyncScope();
        var due = scope.ServiceProvider.GetRequiredService<DueWork>();

        var payments = await due.ClaimPaymentsAsync(limit, stoppingToken);
        var refunds = payments.Count < limit ? await due.ClaimRefundsAsync(limit - payments.Count, stoppingToken) : [];
        return
        [
            .. payments.Select(payment => (Func<Task>)(() => settlePayment.RunAsync(payment, stoppingToken))),
            .. refunds.Select(refund => (Func<Task>)(() => SettleAsync(refund, stoppingToken))),
        ];
    }

    private async Task SettleAsync(Refund refund, CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SettleRefund>().RunAsync(refund, stoppingToken);
    }

    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e)
        {
            // The lease ends, the row is due again, and the next attempt begins by asking the provider.
            logger.LogError(e, "A payment could not be worked on; it is taken up again in {Lease}", options.Lease);
        }
        finally
        {
            _slots.Release();
        }
    }

    // What is under way ends its calls, writes down what they came to, and gives its slot back.
    private async Task FinishAsync()
    {
        for (var slot = 0; slot < options.Concurrency; slot++)
            await _slots.WaitAsync(CancellationToken.None);
    }
}
