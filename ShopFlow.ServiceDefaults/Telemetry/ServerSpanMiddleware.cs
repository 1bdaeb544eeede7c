using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace ShopFlow.ServiceDefaults.Telemetry;

/// <summary>
/// Describes the server span, which ASP.NET Core leaves empty, by the stable HTTP semantic conventions
/// (https://opentelemetry.io/docs/specs/semconv/http/http-spans/). Probes and scrapes are left out of the traces.
/// </summary>
internal sealed class ServerSpanMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var span = context.Features.Get<IHttpActivityFeature>()?.Activity;

        if (span is not { IsAllDataRequested: true })
        {
            await next(context);
            return;
        }

        if (IsProbe(context.Request.Path))
        {
            // What starts below it inherits the decision from these flags.
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            await next(context);
            return;
        }

        DescribeRequest(span, context.Request);

        try
        {
            await next(context);
            DescribeOutcome(span, context, context.Response.StatusCode, context.Features.Get<IExceptionHandlerFeature>()?.Error);
        }
        catch (Exception exception)
        {
            var status = context.Response.HasStarted ? context.Response.StatusCode : StatusCodes.Status500InternalServerError;
            DescribeOutcome(span, context, status, exception);
            throw;
        }
    }

    private static bool IsProbe(PathString path) => path.StartsWithSegments("/health") || path.StartsWithSegments("/metrics");

    private static void DescribeRequest(Activity span, HttpRequest request)
    {
        span.SetTag("http.request.method", request.Method);
        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", (request.PathBase + request.Path).Value);
        span.SetTag("server.address", request.Host.Host);
        span.SetTag("server.port", request.Host.Port);
        span.SetTag("network.protocol.version", request.Protocol switch
        {
            "HTTP/2" => "2",
            "HTTP/3" => "3",
            _ => "1.1",
        });

        if (request.Headers.UserAgent is [{ } userAgent, ..])
            span.SetTag("user_agent.original", userAgent);
    }

    private static void DescribeOutcome(Activity span, HttpContext context, int status, Exception? exception)
    {
        var method = context.Request.Method;
        var route = RouteOf(context);

        span.DisplayName = route is null ? method : $"{method} {route}";
        if (route is not null)
            span.SetTag("http.route", route);

        span.SetTag("http.response.status_code", status);
        if (status < 500)
            return;

        span.SetStatus(ActivityStatusCode.Error);
        span.SetTag("error.type", exception?.GetType().FullName ?? status.ToString(CultureInfo.InvariantCulture));
        if (exception is not null)
            span.AddException(exception);
    }

    /// <summary>The exception handler clears the endpoint, and keeps it in its feature.</summary>
    private static string? RouteOf(HttpContext context)
    {
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText;
    }
}
