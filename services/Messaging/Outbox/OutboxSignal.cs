namespace ShopFlow.Messaging;

/// <summary>Says that there may be something in the outbox. Any number of calls before the relay looks count as one.</summary>
internal sealed class OutboxSignal : IDisposable
{
    public const string Channel = "outbox_messages";

    private readonly SemaphoreSlim signal = new(0, 1);
    private readonly Lock setting = new();

    public void Set()
    {
        lock (setting)
        {
            if (signal.CurrentCount == 0)
                signal.Release();
        }
    }

    /// <summary>Returns at the next signal or when the time is up.</summary>
    public Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken) => signal.WaitAsync(limit, cancellationToken);

    public void Dispose() => signal.Dispose();
}
