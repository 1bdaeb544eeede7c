namespace ShopFlow.Catalog.Caching;

/// <summary>
/// Names the state of the catalogue that cached answers were made from: another name after every change. Replicas that
/// have heard of the same change use the same name, so they can share answers in Redis.
/// </summary>
internal sealed class CatalogGeneration(TimeProvider time) : IDisposable
{
    /// <summary>Changes within this time count as one, so that a busy stock does not empty the cache all the time. It bounds how stale a page is.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private string? _pending;
    private ITimer? _timer;

    public string Current { get; private set; } = NewName();

    public event Action? Changed;

    /// <summary>A change was committed; <paramref name="name"/> is the same in all replicas.</summary>
    public void Announce(string name)
    {
        lock (_gate)
        {
            var isWaiting = _pending is not null;
            _pending = name;

            if (!isWaiting)
                (_timer ??= time.CreateTimer(_ => ApplyPending(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)).Change(Window, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Forgets every answer at once: after a change made here, or when announcements may have been missed.</summary>
    public void StartOver() => Apply(NewName());

    public void Dispose() => _timer?.Dispose();

    private void ApplyPending()
    {
        string? name;
        lock (_gate)
            (name, _pending) = (_pending, null);

        if (name is not null)
            Apply(name);
    }

    private void Apply(string name)
    {
        Current = name;
        Changed?.Invoke();
    }

    private static string NewName() => Guid.NewGuid().ToString("N");
}
