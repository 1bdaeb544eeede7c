using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace ShopFlow.Gateway.Edge;

/// <summary>Headers that don't pass the gateway.</summary>
internal static class HeaderRules
{
    /// <summary>By these a client could claim to be somebody; identity comes from the token only.</summary>
    private static readonly string[] ClaimPrefixes =
        ["X-User", "X-Role", "X-Auth", "X-Remote-User", "X-Forwarded-User", "X-Forwarded-Email", "X-Internal"];

    public static void Apply(TransformBuilderContext route)
    {
        route.AddRequestTransform(DropClaims);
        route.AddResponseHeaderRemove("Server", ResponseCondition.Always);
    }

    private static ValueTask DropClaims(RequestTransformContext request)
    {
        var claims = request.ProxyRequest.Headers
            .Select(header => header.Key)
            .Where(name => ClaimPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .ToList();

        claims.ForEach(name => request.ProxyRequest.Headers.Remove(name));
        return ValueTask.CompletedTask;
    }
}
