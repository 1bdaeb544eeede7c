using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using ShopFlow.Catalog.Data;

namespace ShopFlow.Catalog.Caching;

/// <summary>
/// Whole answers, kept in process and in Redis until the catalogue changes, and made once however many callers wait.
/// An answer is at most <see cref="CatalogGeneration.Window"/> old, or <see cref="Lifetime"/> while notifications fail.
/// </summary>
internal sealed class ResponseCache : IDisposable
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private const long MaximumBytes = 32 * 1024 * 1024;

    /// <summary>How long making one answer may take. It isn't bound to the request that started it: others wait for it too.</summary>
    private static readonly TimeSpan FillLimit = TimeSpan.FromSeconds(10);

    private readonly MemoryCache _memory = new(new MemoryCacheOptions { SizeLimit = MaximumBytes });
    private readonly ConcurrentDictionary<string, Lazy<Task<CachedResponse?>>> _filling = new();
    private readonly CatalogGeneration _generation;
    private readonly SharedCache _shared;
    private readonly IServiceScopeFactory _scopes;

    public ResponseCache(CatalogGeneration generation, SharedCache shared, IServiceScopeFactory scopes)
    {
        (_generation, _shared, _scopes) = (generation, shared, scopes);
        generation.Changed += _memory.Clear;
    }

    /// <summary>The answer for <paramref name="key"/>; null, which is not kept, when <paramref name="make"/> finds nothing.</summary>
    public Task<CachedResponse?> GetAsync(
        string key, Func<CatalogDbContext, CancellationToken, Task<CachedResponse?>> make, CancellationToken cancellationToken)
    {
        // The generation is read before the data, so an answer is never filed under a newer state than it shows.
        var fullKey = $"catalog:{_generation.Current}:{key}";

        if (_memory.TryGetValue(fullKey, out CachedResponse? known))
            return Task.FromResult(known);

        var filling = _filling.GetOrAdd(fullKey, k => new(() => FillAsync(k, make)));
        return filling.Value.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _generation.Changed -= _memory.Clear;
        _memory.Dispose();
    }

    private async Task<CachedResponse?> FillAsync(string key, Func<CatalogDbContext, CancellationToken, Task<CachedResponse?>> make)
    {
        try
        {
            var response = await _shared.FindAsync(key) ?? await MakeAsync(key, make);
            if (response is not null)
                _memory.Set(key, response, new MemoryCacheEntryOptions { Size = response.Body.Length, AbsoluteExpirationRelativeToNow = Lifetime });

            return response;
        }
        finally
        {
            _filling.TryRemove(key, out _);
        }
    }

    private async Task<CachedResponse?> MakeAsync(string key, Func<CatalogDbContext, CancellationToken, Task<CachedResponse?>> make)
    {
        using var limit = new CancellationTokenSource(FillLimit);
        await using var scope = _scopes.CreateAsyncScope();

        var response = await make(scope.ServiceProvider.GetRequiredService<CatalogDbContext>(), limit.Token);
        if (response is not null)
            _shared.Store(key, response);

        return response;
    }
}
