using System.Collections.Concurrent;
using ShopFlow.Catalog.Data;

namespace ShopFlow.Catalog.Caching;

/// <summary>
/// Whole answers, kept in process and in Redis until what they show changes, and made once however many callers wait.
/// README.md says how old an answer may be.
/// </summary>
internal sealed class ResponseCache(CatalogGeneration generation, SharedCache shared, IServiceScopeFactory scopes) : IDisposable
{
    private const long MaximumBytes = 32 * 1024 * 1024;

    /// <summary>How long making one answer may take. It isn't bound to the request that started it: others wait for it too.</summary>
    private static readonly TimeSpan FillLimit = TimeSpan.FromSeconds(10);

    private readonly VersionedCache<CachedResponse> _memory = new(MaximumBytes);
    private readonly ConcurrentDictionary<(string Key, long Generation), Lazy<Task<CachedResponse?>>> _filling = new();

    /// <summary>The answer for <paramref name="key"/>; null, which is not kept, when <paramref name="make"/> finds nothing.</summary>
    public async ValueTask<CachedAnswer?> GetAsync(
        string key, Dependence dependence, Func<CatalogDbContext, CancellationToken, Task<CachedResponse?>> make, CancellationToken cancellationToken)
    {
        // The generation is read before the data, so an answer is never filed under a newer state than it shows.
        var current = generation.Current;
        var madeFrom = current.Of(dependence);

        var response = generation.IsTrusted ? _memory.Find(key, madeFrom) : null;
        if (response is null)
        {
            var filling = _filling.GetOrAdd((key, madeFrom), place => new(() => FillAsync(place, make)));
            response = await filling.Value.WaitAsync(cancellationToken);
        }

        return response is null ? null : new CachedAnswer(response, current.Number);
    }

    public void Dispose() => _memory.Dispose();

    private async Task<CachedResponse?> FillAsync(
        (string Key, long Generation) place, Func<CatalogDbContext, CancellationToken, Task<CachedResponse?>> make)
    {
        try
        {
            var sharedKey = $"catalog:{place.Generation}:{place.Key}";
            var found = generation.IsTrusted ? await shared.FindAsync(sharedKey) : null;
            var response = found ?? await MakeAsync(make);

            if (response is not null)
                _memory.Store(place.Key, place.Generation, response, response.Body.Length);

            if (response is not null && found is null)
                shared.Store(sharedKey, response);

            return response;
        }
        finally
        {
            _filling.TryRemove(place, out _);
        }
    }

    private async Task<CachedResponse?> MakeAsync(Func<CatalogDbContext, CancellationToken, Task<CachedResponse?>> make)
    {
        using var limit = new CancellationTokenSource(FillLimit);
        await using var scope = scopes.CreateAsyncScope();
        return await make(scope.ServiceProvider.GetRequiredService<CatalogDbContext>(), limit.Token);
    }
}
