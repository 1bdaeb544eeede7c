using Microsoft.Extensions.Primitives;

namespace ShopFlow.Gateway.Caching;

internal static class PageWriter
{
    /// <summary>RFC 9211.</summary>
    private const string CacheStatus = "Cache-Status";

    /// <summary>Sends the page in the form that the client accepts, or 304 when it has that.</summary>
    public static Task SendAsync(HttpContext context, Page page, PageOrigin origin)
    {
        var (request, response) = (context.Request, context.Response);
        var variant = page.VariantFor(request.Headers.AcceptEncoding);

        var headers = response.Headers;
        headers.ETag = variant.ETag;
        headers.CacheControl = page.CacheControl;
        headers.Vary = "Accept-Encoding";
        headers[CacheStatus] = Describe(origin);

        if (variant.ETag is not null && Has(request.Headers.IfNoneMatch, variant.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.StatusCode = page.Status;
        headers.ContentEncoding = variant.ContentEncoding;
        headers.ContentType = page.ContentType;
        headers.ContentLength = variant.Body.Length;

        // Without a token: that the client has gone is no error here.
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.BodyWriter.WriteAsync(variant.Body, CancellationToken.None).AsTask();
    }

    private static string Describe(PageOrigin origin) => origin switch
    {
        PageOrigin.Memory => "shopflow; hit",
        PageOrigin.StaleMemory => "shopflow; hit; detail=stale",
        _ => "shopflow; fwd=miss",
    };

    /// <summary>Weak comparison (RFC 9110, section 13.1.2).</summary>
    private static bool Has(StringValues ifNoneMatch, string eTag)
    {
        foreach (var header in ifNoneMatch)
        {
            foreach (var range in header.AsSpan().Split(','))
            {
                var candidate = header.AsSpan()[range].Trim();
                if (candidate.StartsWith("W/", StringComparison.Ordinal))
                    candidate = candidate[2..];

                if (candidate is "*" || candidate.SequenceEqual(eTag))
                    return true;
            }
        }

        return false;
    }
}
