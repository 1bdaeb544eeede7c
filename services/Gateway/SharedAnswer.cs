namespace ShopFlow.Gateway;

/// <summary>An answer that is asked for once for all who want it at the same time, and kept for a while. One that failed is not kept.</summary>
/// <param name="kept">How long.</param>
/// <param name="ask">Asks, within a time limit of its own: nobody who waits ends it.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedAnswer<T>(TimeSpan kept, Func<Task<T>> ask, TimeProvider time)
{
    private readonly Lock _lock = new();
    private (DateTimeOffset AskedAt, Task<T> Answer)? _latest;

    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_latest is not { Answer: { IsFaulted: false, IsCanceled: false } } latest || time.GetUtcNow() - latest.AskedAt >= kept)
                _latest = latest = (time.GetUtcNow(), ask());
            return latest.Answer.WaitAsync(cancellationToken);
        }
    }
}
