using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ShopFlow.Gateway.Edge;

/// <summary>Gives every request an id that is passed on to the services and returned: the caller's, if it has a harmless form, else the trace id.</summary>
internal sealed partial class CorrelationId(RequestDelegate next)
{
    public const string Header = "X-Correlation-Id";

    public Task InvokeAsync(HttpContext context)
    {
        var id = context.Request.Headers[Header] is [{ } given] && Harmless.IsMatch(given)
            ? given
            : Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

        context.Request.Headers[Header] = id;
        Activity.Current?.SetTag("shopflow.correlation_id", id);

        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = id;
            return Task.CompletedTask;
        });

        return next(context);
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Harmless { get; }
}
