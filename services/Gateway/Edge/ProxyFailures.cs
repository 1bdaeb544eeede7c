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
        var problem = await TryAsync(context, next) ?? ForwarderProblem(context);
        if (problem is null || context.Response.HasStarted)
            return;

        // The time limit has cancelled this token, and the answer has to be written all the same.
        context.RequestAborted = CancellationToken.None;
        await problem.ExecuteAsync(context);
    }

    private static async Task<IResult?> TryAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            return null;
        }
        catch (OperationCanceledException) when (IsLate(context))
        {
            return TimedOut(ServiceOf(context));
        }
        catch (CatalogueUnavailableException exception)
        {
            return exception.IsLate ? TimedOut(ServiceOf(context)) : NoAnswer(ServiceOf(context));
        }
    }

    private static IResult? ForwarderProblem(HttpContext context) =>
        context.GetForwarderErrorFeature() is { } failure ? Problem(context, failure, ServiceOf(context), IsLate(context)) : null;

    private static string ServiceOf(HttpContext context) => context.Features.Get<IReverseProxyFeature>()?.Cluster.Config.ClusterId ?? "service";

    private static bool IsLate(HttpContext context) =>
        context.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested ?? false;

    private static IResult Problem(HttpContext context, IForwarderErrorFeature failure, string service, bool isLate) =>
        (failure.Error, context.Response.StatusCode) switch
        {
            (_, StatusCodes.Status413PayloadTooLarge) => BodyLimit.TooLarge(context),
            (ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled, _) when !isLate =>
                Problems.BadRequest("body-not-read", "The body did not arrive whole."),
            (ForwarderError.NoAvailableDestinations, _) =>
                Problems.Unavailable($"The {service} service has no address that can be asked."),
            (ForwarderError.RequestTimedOut, _) or (_, StatusCodes.Status504GatewayTimeout) =>
                TimedOut(service),
            _ when isLate => TimedOut(service),
            _ => NoAnswer(service),
        };

    private static IResult NoAnswer(string service) =>
        Problems.Create(StatusCodes.Status502BadGateway, "bad-gateway", $"The {service} service does not answer.");

    private static IResult TimedOut(string service) =>
        Problems.Create(StatusCodes.Status504GatewayTimeout, "gateway-timeout", $"The {service} service did not answer in time.");
}
