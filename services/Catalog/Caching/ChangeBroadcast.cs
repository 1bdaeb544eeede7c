using System.Globalization;

namespace ShopFlow.Catalog.Caching;

/// <summary>Tells caches outside, by Redis pub/sub, which generation is the newest. README.md is the contract.</summary>
internal sealed class ChangeBroadcast : IDisposable
{
    public const string Channel = "shopflow:catalog:changed";

    /// <summary>How often it is told without news, so that a listener notices that it has become deaf.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    private readonly CatalogGeneration _generation;
    private readonly SharedCache _redis;
    private readonly TimeProvider _time;
    private long _lastBeat;

    public ChangeBroadcast(CatalogGeneration generation, SharedCache redis, TimeProvider time)
    {
        (_generation, _redis, _time) = (generation, redis, time);
        generation.Changed += Tell;
    }

    /// <summary>The generation was just confirmed; tells of it if nothing was told for a while.</summary>
    public void Beat(Generation generation)
    {
        // A little early rather than a whole poll late.
        if (_time.GetElapsedTime(Interlocked.Read(ref _lastBeat)) > Heartbeat - (ChangePoll.Interval / 2))
            Tell(generation);
    }

    public void Dispose() => _generation.Changed -= Tell;

    private void Tell(Generation generation)
    {
        Interlocked.Exchange(ref _lastBeat, _time.GetTimestamp());
        _redis.Publish(Channel, generation.Number.ToString(CultureInfo.InvariantCulture));
    }
}
