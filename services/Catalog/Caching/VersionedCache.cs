using Microsoft.Extensions.Caching.Memory;

namespace ShopFlow.Catalog.Caching;

/// <summary>
/// Values kept in process, each with the generation it was made from; at most <paramref name="maximumBytes"/>, by the callers'
/// estimates.
/// </summary>
internal sealed class VersionedCache<TValue>(long maximumBytes) : IDisposable
    where TValue : class
{
    private readonly MemoryCache _memory = new(new MemoryCacheOptions { SizeLimit = maximumBytes });

    public TValue? Find(string key, long generation) =>
        _memory.TryGetValue(key, out Versioned? known) && known!.Generation == generation ? known.Value : null;

    public void Store(string key, long generation, TValue value, long bytes) =>
        _memory.Set(key, new Versioned(generation, value), new MemoryCacheEntryOptions { Size = bytes });

    public void Dispose() => _memory.Dispose();

    private sealed record Versioned(long Generation, TValue Value);
}
