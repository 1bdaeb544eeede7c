using System.Globalization;

namespace ShopFlow.Catalog.Caching;

/// <summary>Sends a cached answer, or 304 when the client has it.</summary>
internal sealed class CachedResult(CachedAnswer answer, string cacheControl) : IResult
{
    public const string GenerationHeader = "Catalog-Generation";

    public async Task ExecuteAsync(HttpContext context)
    {
        var response = answer.Response;
        var headers = context.Response.Headers;
        headers.ETag = response.ETag;
        headers.CacheControl = cacheControl;
        headers[GenerationHeader] = answer.Generation.ToString(CultureInfo.InvariantCulture);

        if (ClientHasIt(context.Request, response.ETag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = response.ContentType;
        context.Response.ContentLength = response.Body.Length;
        await context.Response.Body.WriteAsync(response.Body, context.RequestAborted);
    }

    private static bool ClientHasIt(HttpRequest request, string eTag)
    {
        foreach (var candidates in request.Headers.IfNoneMatch)
        {
            if (candidates is "*" || (candidates?.Contains(eTag, StringComparison.Ordinal) ?? false))
                return true;
        }

        return false;
    }
}
