using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace ShopFlow.Gateway.Edge;

/// <summary>
/// Headers that don't pass the gateway. Identity comes from the token only, and where a request came from is said by the proxy, which writes
/// X-Forwarded-For, -Proto and -Host anew. Where an ingress stands in front, ASPNETCORE_FORWARDEDHEADERS_ENABLED, which a published model sets, has taken
/// the client's address from that last hop before.
/// </summary>
internal static class HeaderRules
{
    private static readonly string[] UntrustedPrefixes =
        ["X-Forwarded", "X-Original-", "X-Rewrite-", "X-Real-", "X-User", "X-Role", "X-Auth", "X-Remote-", "X-Internal", "X-Envoy-"];

    private static readonly HashSet<string> Untrusted = new(StringComparer.OrdinalIgnoreCase)
        { "Forwarded", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-HTTP-Method-Override", "X-Method-Override" };

    /// <summary>What frames the message stays, whatever the client says of it.</summary>
    private static readonly HashSet<string> Framing = new(StringComparer.OrdinalIgnoreCase)
        { HeaderNames.Host, HeaderNames.ContentLength, HeaderNames.TransferEncoding, HeaderNames.Connection };

    public static void Apply(TransformBuilderContext route) => route.AddResponseHeaderRemove("Server", ResponseCondition.Always);

    /// <summary>A step of the proxy's pipeline.</summary>
    public static Task DropUntrusted(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        List<string>? dropped = null;

        foreach (var header in headers)
        {
            if (IsUntrusted(header.Key))
                (dropped ??= []).Add(header.Key);
        }

        dropped?.ForEach(name => headers.Remove(name));
        DropHopByHop(headers, headers.Connection);

        return next(context);
    }

    private static bool IsUntrusted(string name)
    {
        if (Untrusted.Contains(name))
            return true;

        if (!name.StartsWith("X-", StringComparison.OrdinalIgnoreCase))
            return false;

        foreach (var prefix in UntrustedPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Connection names the headers that are for the next hop only (RFC 9110, section 7.6.1). The proxy itself knows the usual ones.</summary>
    private static void DropHopByHop(IHeaderDictionary headers, StringValues connection)
    {
        foreach (var options in connection)
        {
            foreach (var name in options?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
            {
                if (!Framing.Contains(name))
                    headers.Remove(name);
            }
        }
    }
}
