using System.Diagnostics;
using ShopFlow.Gateway.Routing;

namespace ShopFlow.Gateway.Caching;

/// <summary>
/// Answers reads of the catalogue. Pages in memory are sent before routing and authentication; what has to be asked for goes the way of every
/// request, through time limits and error handling, and is answered in the proxy's place by <see cref="AnswerOrForwardAsync"/>. So do the few
/// that are traced.
/// </summary>
internal sealed class CachedReads(RequestDelegate next, CatalogueCache cache, CacheMetrics metrics)
{
    public Task InvokeAsync(HttpContext context)
    {
        Span<char> target = stackalloc char[CacheTarget.MaximumLength];
        if (!CacheTarget.TryWrite(context.Request, target, out var length))
            return next(context);

        target = target[..length];
        if (cache.FindCurrent(target) is not { } page || Activity.Current is { Recorded: true })
        {
            context.Features.Set(new CacheableRead(target.ToString()));
            return next(context);
        }

        metrics.Count(PageOrigin.Memory);
        return PageWriter.SendAsync(context, page, PageOrigin.Memory);
    }

    /// <summary>A step of the proxy's pipeline.</summary>
    public static async Task AnswerOrForwardAsync(HttpContext context, RequestDelegate forward)
    {
        var services = context.RequestServices;

        if (context.Features.Get<CacheableRead>() is { } read
            && await services.GetRequiredService<CatalogueCache>().GetAsync(read.Target, context.RequestAborted) is { } found)
        {
            services.GetRequiredService<CacheMetrics>().Count(found.Origin);
            await PageWriter.SendAsync(context, found.Page, found.Origin);
            return;
        }

        await forward(context);

        // Whoever changes the catalogue sees the change in the next read (RFC 9111, section 4.4).
        if (IsChange(context))
            services.GetRequiredService<CatalogueGeneration>().Doubt();
    }

    private static bool IsChange(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method)
        && context.Response.StatusCode < StatusCodes.Status400BadRequest
        && context.GetReverseProxyFeature().Cluster.Config.ClusterId == Services.Catalog;

    private sealed record CacheableRead(string Target);
}
