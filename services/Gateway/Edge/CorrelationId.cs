using System.Diagnostics;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Gateway.Edge;

/// <summary>
/// Gives every request an id that is passed on to the services and returned: the caller's, if it has a harmless form, else the trace id.
/// Where the request's trace is recorded, which not every one is, <c>traceresponse</c> (W3C Trace Context) names it.
/// </summary>
internal sealed class CorrelationId(RequestDelegate next)
{
    public const string Header = CorrelationIds.Header;
    public const string TraceResponse = "traceresponse";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers[Header] is not [{ } id] || !CorrelationIds.IsHarmless(id))
            headers[Header] = id = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

        Activity.Current?.SetTag("shopflow.correlation_id", id);
        context.Response.OnStarting(Return, context);

        return next(context);
    }

    private static Task Return(object state)
    {
        var context = (HttpContext)state;
        context.Response.Headers[Header] = context.Request.Headers[Header];
        if (Activity.Current is { Recorded: true, Id: { } trace })
            context.Response.Headers[TraceResponse] = trace;
        return Task.CompletedTask;
    }
}
