using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace ShopFlow.Gateway.Caching;

/// <summary>
/// Answers reads of the catalogue from memory while nothing has changed, asks once however many callers wait, and falls back on a stale page
/// while the catalogue does not answer. The rules and bounds are in README.md.
/// </summary>
internal sealed class CatalogueCache
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Target, long Generation), Lazy<Task<Page?>>> _asking = [];
    private readonly CacheOptions _options;
    private readonly PageStore _store;
    private readonly CatalogueGeneration _generation;
    private readonly CatalogueClient _client;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <summary>The last answer failed or is overdue: nobody waits for the next, who can be given a stale page.</summary>
    private volatile bool _isAway;


    public CatalogueCache(
        IOptions<CacheOptions> options, PageStore store, CatalogueGeneration generation, CatalogueClient client, TimeProvider time, ILogger<CatalogueCache> log)
    {
        (_options, _store, _generation, _client, _time, _log) = (options.Value, store, generation, client, time, log);
        generation.PutBack += store.Clear;
    }

    /// <summary>The page if it is kept and as new as the catalogue.</summary>
    public Page? FindCurrent(ReadOnlySpan<char> target) => _store.Find(target) is { } page && _generation.IsCurrent(page.Generation) ? page : null;

    /// <returns>The page and where it comes from; null when the answer is not for everybody and the caller has to ask alone.</returns>
    /// <exception cref="CatalogueUnavailableException">The catalogue does not answer, and there is no page that may stand in.</exception>
    public async ValueTask<(Page Page, PageOrigin Origin)?> GetAsync(string target, CancellationToken cancellationToken)
    {
        var kept = _store.Find(target);
        if (kept is not null && _generation.IsCurrent(kept.Generation))
            return (kept, PageOrigin.Memory);

        var canStandIn = kept is not null && _time.GetElapsedTime(KnownRightAt(kept)) < _options.StaleFor;
        if (canStandIn && _time.GetTimestamp() < kept!.PausedUntil)
            return (kept, PageOrigin.StaleMemory);

        var asking = Ask(target, kept);
        if (canStandIn && _isAway)
            return (kept!, PageOrigin.StaleMemory);

        try
        {
            var page = await (canStandIn ? asking.WaitAsync(_options.Patience, _time, cancellationToken) : asking.WaitAsync(cancellationToken));
            return page is null ? null : (page, PageOrigin.Catalogue);
        }
        catch (Exception exception) when (canStandIn && exception is CatalogueUnavailableException or TimeoutException)
        {
            TellAway(exception);
            return (kept!, PageOrigin.StaleMemory);
        }
    }

    private long KnownRightAt(Page page) => page.Generation >= _generation.Newest ? Math.Max(page.ConfirmedAt, _generation.HeardAt) : page.ConfirmedAt;

    /// <summary>Who asks after a change was heard of does not wait for an answer that was asked for before.</summary>
    private Task<Page?> Ask(string target, Page? kept) =>
        _asking.GetOrAdd((target, _generation.Newest), key => new(() => AskAsync(key, kept))).Value;

    private async Task<Page?> AskAsync((string Target, long Generation) question, Page? kept)
    {
        try
        {
            var page = await _client.GetAsync(question.Target, kept);
            TellBack();

            // A replica of the catalogue may be behind what another one has told.
            if (page is { IsStorable: true } && page.Generation >= _generation.Newest)
                _store.Set(page);
            else if (page is { IsStorable: false })
                _store.Remove(question.Target);

            return page;
        }
        catch (CatalogueUnavailableException) when (kept is not null)
        {
            kept.PausedUntil = _time.GetTimestamp() + (long)(PauseAfterFailure.TotalSeconds * _time.TimestampFrequency);
            throw;
        }
        finally
        {
            _asking.TryRemove(question, out _);
        }
    }

    private void TellAway(Exception exception)
    {
        if (!Interlocked.Exchange(ref _isAway, true))
            _log.LogWarning("The catalogue does not answer, its pages are served as they were: {Reason}", exception.Message);
    }

    private void TellBack()
    {
        if (_isAway && Interlocked.Exchange(ref _isAway, false))
            _log.LogInformation("The catalogue answers again");
    }
}
