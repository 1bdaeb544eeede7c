using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace ShopFlow.Gateway.RateLimiting;

/// <summary>
/// Decides in memory whether a caller may send another request. What other replicas let through is known a moment later
/// (<see cref="RateLimitSharing"/>); without Redis each replica counts alone.
/// </summary>
internal sealed class RateLimiter : IDisposable
{
    private const string Others = "others";

    private readonly ConcurrentDictionary<RateLimitKey, SlidingCount> _counts = [];
    private readonly ConcurrentQueue<SlidingCount> _news = [];
    private readonly int _maximumCallers;
    private readonly RateLimitPolicy[] _policies;
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Counter<long> _refused;
    private int _callers;

    public RateLimiter(IOptions<RateLimitOptions> options, TimeProvider time, IMeterFactory meters)
    {
        (_maximumCallers, _time) = (options.Value.MaximumCallers, time);
        _policies = [.. Enum.GetValues<RateLimit>().Select(limit => new RateLimitPolicy(limit.ToString().ToLowerInvariant(), options.Value.LimitOf(limit)))];
        _meter = meters.Create("ShopFlow.Gateway");
        _refused = _meter.CreateCounter<long>("shopflow.gateway.requests.refused", description: "Requests beyond a caller's limit.");
        _meter.CreateObservableGauge("shopflow.gateway.limited_callers", () => _callers, description: "Callers whose requests are counted.");
    }

    public RateLimitPolicy PolicyOf(RateLimit limit) => _policies[(int)limit];

    public RateLimitDecision TryCount(RateLimit limit, string caller)
    {
        var count = CountOf(new(limit, caller));
        var decision = count.TryCount(PolicyOf(limit).Requests, _time.GetUtcNow(), out var isNews);
        if (isNews)
            _news.Enqueue(count);
        if (!decision.IsAllowed)
            _refused.Add(1, new KeyValuePair<string, object?>("limit", limit.ToString()));
        return decision;
    }

    /// <summary>What was counted since the last call.</summary>
    public IReadOnlyList<RateLimitNews> TakeNews()
    {
        var news = new List<RateLimitNews>();
        while (_news.TryDequeue(out var count))
            news.Add(count.Take());
        return news;
    }

    /// <summary>Drops callers of whom nothing counts any more.</summary>
    public void Forget()
    {
        var window = SlidingCount.WindowOf(_time.GetUtcNow());
        foreach (var (key, count) in _counts)
        {
            if (count.IsOver(window) && _counts.TryRemove(key, out _))
                Interlocked.Decrement(ref _callers);
        }
    }

    public void Dispose() => _meter.Dispose();

    private SlidingCount CountOf(RateLimitKey key)
    {
        if (_counts.TryGetValue(key, out var known))
            return known;

        if (Volatile.Read(ref _callers) >= _maximumCallers)
            key = key with { Caller = Others };

        var added = new SlidingCount(key);
        var count = _counts.GetOrAdd(key, added);
        if (count == added)
            Interlocked.Increment(ref _callers);
        return count;
    }
}
