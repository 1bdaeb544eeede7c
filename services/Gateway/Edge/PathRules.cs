using System.Buffers;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Gateway.Edge;

/// <summary>
/// Refuses paths that a service could read otherwise than the gateway did when it chose the route: with an encoded slash, a backslash, or
/// something encoded twice. No address of the shop has them.
/// </summary>
internal static class PathRules
{
    private static readonly SearchValues<string> Ambiguous = SearchValues.Create(["%2f", "%5c", "%2e", "%25", "\\", "\0"], StringComparison.OrdinalIgnoreCase);

    /// <summary>A step of the proxy's pipeline. The path has been decoded once, all but the slashes, and its dot segments are gone.</summary>
    public static Task Check(HttpContext context, RequestDelegate next) =>
        context.Request.Path.Value.AsSpan().ContainsAny(Ambiguous)
            ? Problems.BadRequest("ambiguous-path", "The path has an encoded slash, a backslash, or something encoded twice.").ExecuteAsync(context)
            : next(context);
}
