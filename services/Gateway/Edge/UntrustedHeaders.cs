using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace ShopFlow.Gateway.Edge;

/// <summary>Drops headers by which a client could claim to be somebody: identity comes from the token only.</summary>
internal static class UntrustedHeaders
{
    private static readonly string[] Prefixes = ["X-User", "X-Role", "X-Auth", "X-Remote-User", "X-Forwarded-User", "X-Forwarded-Email", "X-Internal"];

    public static void Remove(TransformBuilderContext route) => route.AddRequestTransform(request =>
    {
        var claims = request.ProxyRequest.Headers
            .Select(header => header.Key)
            .Where(name => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .ToList();

        claims.ForEach(name => request.ProxyRequest.Headers.Remove(name));
        return ValueTask.CompletedTask;
    });
}
