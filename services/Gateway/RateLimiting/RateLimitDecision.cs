namespace ShopFlow.Gateway.RateLimiting;

/// <param name="Limit">Requests a minute.</param>
/// <param name="Remaining">Those that are left; negative when this one was refused.</param>
/// <param name="Wait">Until there is room for another one; zero where there is.</param>
internal readonly record struct RateLimitDecision(int Limit, int Remaining, TimeSpan Wait)
{
    public bool IsAllowed => Remaining >= 0;
}
