using System.Diagnostics;
using ShopFlow.Gateway.Routing;

namespace ShopFlow.Gateway.Caching;

/// <summary>
/// Answers reads of the catalogue. Pages in memory are sent before routing and authentication; what has to be asked for goes the way of every
/// request, through time limits and error handling, and is answered in the proxy's place by <see cref="AnswerOrForward"/>. So do the few
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
    public static Task AnswerOrForward(HttpContext context, RequestDelegate forward)
    {
        if (context.Features.Get<CacheableRead>() is { } read)
            return AnswerAsync(context, read.Target, forward);

        return IsChange(context) ? ChangeAsync(context, forward) : forward(context);
    }

    private static async Task AnswerAsync(HttpContext context, string target, RequestDelegate forward)
    {
        var services = context.RequestServices;
        if (await services.GetRequiredService<CatalogueCache>().GetAsync(target, context.RequestAborted) is not { } found)
        {
            await forward(context);
            return;
        }

        services.GetRequiredService<CacheMetrics>().Count(found.Origin);
        await PageWriter.SendAsync(context, found.Page, found.Origin);
    }

    /// <summary>
    /// Whoever changes the catalogue sees the change in the next read (RFC 9111, section 4.4), which may come as soon as the answer begins. Only
    /// a refusal changed nothing for certain.
    /// </summary>
    private static Task ChangeAsync(HttpContext context, RequestDelegate forward)
    {
        context.Response.OnStarting(DoubtUnlessRefused, context);
        return forward(context);
    }

    private static Task DoubtUnlessRefused(object state)
    {
        var context = (HttpContext)state;
        if (context.Response.StatusCode is < StatusCodes.Status400BadRequest or >= StatusCodes.Status500InternalServerError)
            context.RequestServices.GetRequiredService<CatalogueGeneration>().Doubt();
        return Task.CompletedTask;
    }

    private static bool IsChange(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method)
        && context.GetReverseProxyFeature().Cluster.Config.ClusterId == Services.Catalog;

    private sealed record CacheableRead(string Target);
}
