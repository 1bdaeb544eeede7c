namespace ShopFlow.Notifications.Delivering;

/// <summary>Says that deliveries may have become due, to all that wait for it.</summary>
internal sealed class DeliverySignal
{
    private volatile TaskCompletionSource _next = Create();

    /// <summary>Ends at the next signal. Who takes it before looking for deliveries misses none.</summary>
    public Task Next => _next.Task;

    public void Set() => Interlocked.Exchange(ref _next, Create()).TrySetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
