namespace ShopFlow.Gateway.RateLimiting;

/// <summary>What is counted together: a caller has one count of each.</summary>
internal enum RateLimit
{
    Read,
    Write,
    Order,
    Message,
    Password,
    Webhook,
}
