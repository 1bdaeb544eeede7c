namespace ShopFlow.Gateway.RateLimiting;

/// <summary>Whose requests of which kind are counted together.</summary>
internal readonly record struct RateLimitKey(RateLimit Limit, string Caller);
