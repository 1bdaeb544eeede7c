using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ShopFlow.Gateway.Edge;

/// <summary>
/// Which pages of other origins a browser may let ask (CORS, Fetch standard). They may send the cart's cookie, so they are named one by one:
/// <see cref="GatewayOptions.AllowedOrigins"/>. To all others a browser shows no answer.
/// </summary>
internal sealed class CrossOrigin(IOptions<GatewayOptions> options) : IConfigureOptions<CorsOptions>
{
    private static readonly TimeSpan s_preflightAge = TimeSpan.FromHours(1);

    // What an answer says besides its body. Browsers show scripts no other header than a few harmless ones.
    private static readonly string[] s_exposed =
    [
        HeaderNames.ETag, HeaderNames.Location, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate,
        "RateLimit", "RateLimit-Policy", "Cart-Id", "Cache-Status", CorrelationId.Header, CorrelationId.TraceResponse,
    ];

    public static bool IsOrigin(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == value;

    public void Configure(CorsOptions cors) => cors.AddDefaultPolicy(policy => policy
        .WithOrigins(options.Value.AllowedOrigins)
        .AllowAnyMethod()
        .AllowAnyHeader()
        .AllowCredentials()
        .WithExposedHeaders(s_exposed)
        .SetPreflightMaxAge(s_preflightAge));
}
