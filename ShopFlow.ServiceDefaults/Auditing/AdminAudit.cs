using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ShopFlow.ServiceDefaults.OpenApi;

namespace ShopFlow.ServiceDefaults.Auditing;

/// <summary>Has every change that takes the role admin written down, before and after: it comes after authorisation.</summary>
internal sealed class AdminAudit(
    RequestDelegate next, IAdminActionLog actions, IHostEnvironment host, TimeProvider time, ILogger<AdminAudit> logger)
{
    private const int LongestRequest = 500;
    private const int LongestObject = 100;

    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(5);

    private readonly string _service = host.ApplicationName.Split('.')[^1].ToLowerInvariant();

    // Nearly all requests are reads or a customer's: what they ask for is not looked into.
    public Task InvokeAsync(HttpContext context) =>
        IsChange(context.Request.Method)
        && context.RequestServices.GetRequiredService<CurrentUser>() is { IsSignedIn: true, IsAdmin: true } user
        && OperationOf(context) is { } operation
            ? RecordAsync(context, operation, user)
            : next(context);

    private static bool IsChange(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method);

    private async Task RecordAsync(HttpContext context, string operation, CurrentUser user)
    {
        var now = time.GetUtcNow();
        var action = new AdminAction(
            Guid.CreateVersion7(now), now, user.Id, user.Username, _service, operation, RequestOf(context.Request), ObjectsOf(context), CorrelationOf(context));
        await actions.BeginAsync(action, context, context.RequestAborted);

        // The status is final when all is over: exceptions become answers further out.
        context.Response.OnCompleted(() => EndAsync(action, context));
        await next(context);
    }

    private async Task EndAsync(AdminAction action, HttpContext context)
    {
        var response = context.Response;
        int? status = response.StatusCode == StatusCodes.Status499ClientClosedRequest ? null : response.StatusCode;
        if (status == StatusCodes.Status201Created && response.Headers.Location is [{ } location] && Storable(location.Split('/')[^1]) is { } made)
            action = action with { Objects = [.. action.Objects.Append(made).Distinct()] };

        using var limit = new CancellationTokenSource(s_endLimit, time);
        try
        {
            await actions.EndAsync(action, new(status, context.AuditNote()), context, limit.Token);
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "How the action {Action} ended could not be told; the audit log will call it unknown", action.Id);
        }
    }

    /// <summary>Null for what is not written down.</summary>
    private static string? OperationOf(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata is not { } metadata)
            return null;

        var isForAdministrators = metadata.GetMetadata<AuditedForAdministrators>() is not null
            || metadata.GetOrderedMetadata<IAuthorizeData>().Any(rule => rule.Policy == Policies.Admin);
        // What the gateway forwards is no operation of its own, and has no name.
        return isForAdministrators ? metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? OperationNames.Of(metadata) : null;
    }

    private static string RequestOf(HttpRequest request)
    {
        var text = $"{request.Method} {request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}";
        return text.Length <= LongestRequest ? text : text[..LongestRequest];
    }

    private static List<string> ObjectsOf(HttpContext context) =>
        [.. context.Request.RouteValues.Values.Select(value => Storable(value?.ToString())).OfType<string>()];

    private static string? Storable(string? id) => Texts.IsLine(id, LongestObject) ? id : null;

    private static string? CorrelationOf(HttpContext context) =>
        context.Request.Headers[CorrelationIds.Header] is [{ } id] && CorrelationIds.IsHarmless(id) ? id : Activity.Current?.TraceId.ToHexString();
}
