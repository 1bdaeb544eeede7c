namespace ShopFlow.Payments.Settlement;

/// <summary>Says that a payment or a refund has become due. Any number of calls before the worker looks count as one.</summary>
internal sealed class DueSignal : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Lock _setting = new();

    public void Set()
    {
        lock (_setting)
        {
            if (_signal.CurrentCount == 0)
                _signal.Release();
        }
    }

    /// <summary>Returns at the next signal or when the time is up.</summary>
    public Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken) => _signal.WaitAsync(limit, cancellationToken);

    public void Dispose() => _signal.Dispose();
}
