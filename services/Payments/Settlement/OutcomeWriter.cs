using System.Collections.Concurrent;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments.Settlement;

/// <summary>
/// Writes down outcomes, all that wait in one statement: a busy shop pays for few commits, and a quiet one waits for nobody.
/// </summary>
internal sealed class OutcomeWriter(IServiceScopeFactory scopes, DueSignal signal, TimeProvider time, ILogger<OutcomeWriter> logger) : IDisposable
{
    private const int MostAtOnce = 100;

    private readonly ConcurrentQueue<Entry> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1);

    private sealed record Entry(PaymentOutcome Outcome)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>
    /// Returns when state, ledger and event are committed. If the order was cancelled meanwhile, or another worker took the payment
    /// over after the lease, nothing of this attempt is kept: the next one asks the provider and starts from what it says.
    /// </summary>
    public async Task WriteAsync(PaymentOutcome outcome)
    {
        var entry = new Entry(outcome);
        _waiting.Enqueue(entry);

        // Whoever has the turn writes for all that wait, so most find their own entry written when theirs comes.
        await _turn.WaitAsync();
        try
        {
            while (!entry.Written.Task.IsCompleted)
                await WriteWaitingAsync();
        }
        finally
        {
            _turn.Release();
        }

        await entry.Written.Task;
    }

    public void Dispose() => _turn.Dispose();

    private async Task WriteWaitingAsync()
    {
        var batch = new List<Entry>();
        while (batch.Count < MostAtOnce && _waiting.TryDequeue(out var entry))
            batch.Add(entry);

        try
        {
            await WriteAsync(batch);
        }
        catch (Exception e) when (batch.Count > 1)
        {
            // Only the one that is at fault is to suffer.
            logger.LogWarning(e, "{Count} outcomes could not be written together", batch.Count);
            foreach (var entry in batch)
                await WriteAloneAsync(entry);
        }
        catch (Exception e)
        {
            batch[0].Written.SetException(e);
        }
    }

    private async Task WriteAloneAsync(Entry entry)
    {
        try
        {
            await WriteAsync([entry]);
        }
        catch (Exception e)
        {
            entry.Written.SetException(e);
        }
    }

    private async Task WriteAsync(List<Entry> batch)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PaymentsDbContext>();
        var now = time.GetUtcNow();

        var outcomes = batch.ConvertAll(entry => entry.Outcome);
        var written = await db.WriteAsync(outcomes, now, CancellationToken.None);
        if (outcomes.FindAll(outcome => !written.Contains(outcome.Payment.Id)) is [_, ..] overtaken)
        {
            logger.LogInformation("Changed meanwhile, asking again: {Payments}", overtaken.ConvertAll(outcome => outcome.Payment.Id));
            await db.MakeDueAsync(overtaken, now, CancellationToken.None);
            signal.Set();
        }

        batch.ForEach(entry => entry.Written.SetResult());
    }
}
