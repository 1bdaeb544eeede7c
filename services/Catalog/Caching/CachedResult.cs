namespace ShopFlow.Catalog.Caching;

/// <summary>Sends a cached answer, or 304 when the client has it.</summary>
internal sealed class CachedResult(CachedResponse response, string cacheControl) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ETag = response.ETag;
        headers.CacheControl = cacheControl;

        if (ClientHasIt(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = response.ContentType;
        context.Response.ContentLength = response.Body.Length;
        await context.Response.Body.WriteAsync(response.Body, context.RequestAborted);
    }

    private bool ClientHasIt(HttpRequest request)
    {
        foreach (var candidates in request.Headers.IfNoneMatch)
        {
            if (candidates is "*" || (candidates?.Contains(response.ETag, StringComparison.Ordinal) ?? false))
                return true;
        }

        return false;
    }
}
