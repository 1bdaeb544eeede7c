using System.Globalization;

namespace ShopFlow.Gateway.RateLimiting;

/// <summary>A limit as callers are told of it.</summary>
/// <param name="Name">As it stands in headers.</param>
/// <param name="Requests">A minute.</param>
internal sealed record RateLimitPolicy(string Name, int Requests)
{
    /// <summary>The header <c>RateLimit-Policy</c>, written once.</summary>
    public string Header { get; } = string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";q={Requests};w={SlidingCount.Window.TotalSeconds}");
}
