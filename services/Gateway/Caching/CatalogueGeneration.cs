using Microsoft.Extensions.Options;

namespace ShopFlow.Gateway.Caching;

/// <summary>
/// The newest generation of the catalogue that this gateway has heard of, by the change signal or by an answer, and when.
/// What a generation is: services/Catalog/Caching/README.md.
/// </summary>
internal sealed class CatalogueGeneration(TimeProvider time, IOptions<CacheOptions> options)
{
    /// <summary>Generations only grow. If only lower ones are heard for this long, the catalogue's database has been put back.</summary>
    public static readonly TimeSpan PutBackAfter = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _currentFor = options.Value.CurrentFor;
    private readonly Lock _gate = new();
    private long _newest = -1;
    private long _heardAt;
    private long _doubtedAt;

    public event Action? PutBack;

    public long Newest => Volatile.Read(ref _newest);

    /// <summary>The timestamp at which <see cref="Newest"/> was known to be the newest.</summary>
    public long HeardAt => Volatile.Read(ref _heardAt);

    public bool IsCurrent(long generation) => generation >= Newest && time.GetElapsedTime(HeardAt) < _currentFor;

    /// <summary>By the change signal, which may have been sent before a write that is doubted: only an answer ends a doubt.</summary>
    public void Signalled(long generation)
    {
        lock (_gate)
            Heard(generation, _heardAt < _doubtedAt ? _heardAt : time.GetTimestamp());
    }

    /// <summary>By an answer.</summary>
    /// <param name="generation">What the catalogue said.</param>
    /// <param name="at">A timestamp at which it was the newest: that of the question.</param>
    public void Heard(long generation, long at)
    {
        lock (_gate)
        {
            if (generation < _newest)
            {
                if (time.GetElapsedTime(_heardAt) < PutBackAfter)
                    return;

                PutBack?.Invoke();
            }

            _newest = generation;
            if (at >= _doubtedAt)
                _heardAt = Math.Max(_heardAt, at);
        }
    }

    /// <summary>Something was written through this gateway: what the catalogue says from now on counts, and nothing is current until then.</summary>
    public void Doubt()
    {
        lock (_gate)
        {
            _doubtedAt = time.GetTimestamp();
            _heardAt = _doubtedAt - (long)(_currentFor.TotalSeconds * time.TimestampFrequency);
        }
    }
}
