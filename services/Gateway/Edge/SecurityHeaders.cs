using ShopFlow.Gateway.ApiDocument;

namespace ShopFlow.Gateway.Edge;

/// <summary>Headers that the OWASP Secure Headers Project asks of an API.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string NothingActive = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>The documentation page runs its own scripts and styles.</summary>
    private const string OwnScripts =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(Add, context);
        return next(context);
    }

    private static Task Add(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        // A browser would keep it for everything that a developer runs on localhost.
        if (context.Request.Host.Host != "localhost")
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments(Documentation.Page) ? OwnScripts : NothingActive;
        return Task.CompletedTask;
    }
}
