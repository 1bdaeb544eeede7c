using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Gateway.RateLimiting;

/// <summary>Refuses what is beyond the caller's limit, and tells every caller what is left (draft-ietf-httpapi-ratelimit-headers).</summary>
internal static class RateLimits
{
    /// <summary>Metadata of a route that has another limit than that of reads or writes.</summary>
    public const string Metadata = "RateLimit";

    private const int AddressBytes = 16;
    private const int NetworkBytes = 8;

    private static readonly FrozenDictionary<string, RateLimit> s_byName = Enum.GetValues<RateLimit>().ToFrozenDictionary(limit => limit.ToString());

    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>().BindConfiguration("Gateway:RateLimits").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<RateLimiter>();
        builder.Services.AddHostedService<RateLimitSharing>();
    }

    /// <summary>A step of the proxy's pipeline, after authentication.</summary>
    public static Task Check(HttpContext context, RequestDelegate next)
    {
        var limit = LimitOf(context);
        var limiter = context.RequestServices.GetRequiredService<RateLimiter>();
        var policy = limiter.PolicyOf(limit);
        var decision = limiter.TryCount(limit, CallerOf(context, limit));

        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = policy.Header;
        if (decision.IsAllowed)
        {
            headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy.Name}\";r={decision.Remaining}");
            return next(context);
        }

        var wait = Math.Max(1, Math.Ceiling(decision.Wait.TotalSeconds));
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy.Name}\";r=0;t={wait}");
        return Problems.TooManyRequests(TimeSpan.FromSeconds(wait), $"More than {policy.Requests} requests of this kind in a minute.").ExecuteAsync(context);
    }

    private static RateLimit LimitOf(HttpContext context)
    {
        if (context.GetReverseProxyFeature().Route.Config.Metadata?.GetValueOrDefault(Metadata) is { } named)
            return s_byName[named];

        return HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? RateLimit.Read : RateLimit.Write;
    }

    private static string CallerOf(HttpContext context, RateLimit limit) =>
        limit is not RateLimit.Password && context.User.FindFirstValue("sub") is { } user ? user : Network(context.Connection.RemoteIpAddress);

    // Who has one IPv6 address has the 2^64 of its network.
    private static string Network(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return address.ToString();

        Span<byte> bytes = stackalloc byte[AddressBytes];
        address.TryWriteBytes(bytes, out _);
        return Convert.ToHexString(bytes[..NetworkBytes]);
    }
}
