using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using ShopFlow.Gateway.Caching;
using ShopFlow.ServiceDefaults;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace ShopFlow.Gateway.Edge;

/// <summary>Answers in the gateway's own words when a service could not be asked, or did not answer in time.</summary>
internal static class ProxyFailures
{
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var (problem, reason) = await TryAsync(context, next);
        if (problem is null || context.Response.HasStarted)
            return;

        // What a client did is told to the client only.
        if (problem.StatusCode >= StatusCodes.Status500InternalServerError)
            Log(context, problem.StatusCode, reason);

        // The time limit has cancelled this token, and the answer has to be written all the same.
        context.RequestAborted = CancellationToken.None;
        await problem.ExecuteAsync(context);
    }

    private static async Task<(ProblemHttpResult? Problem, string? Reason)> TryAsync(HttpContext context, RequestDelegate next)
    {
        var service = ServiceOf(context);
        try
        {
            await next(context);
            return context.GetForwarderErrorFeature() is { } failure
                ? (Problem(context, failure, service), failure.Exception?.GetBaseException().Message)
                : default;
        }
        catch (OperationCanceledException exception) when (IsLate(context))
        {
            return (TimedOut(service), exception.Message);
        }
        catch (CatalogueUnavailableException exception)
        {
            return (exception.IsLate ? TimedOut(service) : NoAnswer(service), exception.Message);
        }
    }

    private static string ServiceOf(HttpContext context) => context.Features.Get<IReverseProxyFeature>()?.Cluster.Config.ClusterId ?? "service";

    private static bool IsLate(HttpContext context) =>
        context.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested ?? false;

    private static ProblemHttpResult Problem(HttpContext context, IForwarderErrorFeature failure, string service) =>
        (failure.Error, context.Response.StatusCode) switch
        {
            (_, StatusCodes.Status413PayloadTooLarge) => BodyLimit.TooLarge(context),
            (ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled, _) when !IsLate(context) =>
                Problems.BadRequest("body-not-read", "The body did not arrive whole."),
            (ForwarderError.NoAvailableDestinations, _) =>
                Problems.Unavailable($"The {service} service has no address that can be asked."),
            (ForwarderError.RequestTimedOut, _) or (_, StatusCodes.Status504GatewayTimeout) => TimedOut(service),
            _ when IsLate(context) => TimedOut(service),
            _ => NoAnswer(service),
        };

    private static ProblemHttpResult NoAnswer(string service) =>
        Problems.Create(StatusCodes.Status502BadGateway, "bad-gateway", $"The {service} service does not answer.");

    private static ProblemHttpResult TimedOut(string service) =>
        Problems.Create(StatusCodes.Status504GatewayTimeout, "gateway-timeout", $"The {service} service did not answer in time.");

    private static void Log(HttpContext context, int status, string? reason) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProxyFailures)).LogWarning(
            "{Method} for {Service} ended in {Status}: {Reason}", context.Request.Method, ServiceOf(context), status, reason);
}
