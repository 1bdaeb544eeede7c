namespace ShopFlow.Gateway.RateLimiting;

/// <param name="Count">Where it was counted.</param>
/// <param name="Window">The minute.</param>
/// <param name="Own">Requests of it that other replicas don't know of.</param>
internal readonly record struct RateLimitNews(SlidingCount Count, long Window, long Own);
