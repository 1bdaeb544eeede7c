using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Gateway.Edge;

/// <summary>Refuses a body that is too large before a service hears of the request. One of unknown length is cut off when it gets there.</summary>
internal static class BodyLimit
{
    /// <summary>
    /// So much of a refused body is read and thrown away, for at most 5 seconds: a client that is still sending when the connection is closed
    /// may never see the answer.
    /// </summary>
    private const long DrainedBytes = 16 * 1024 * 1024;

    /// <summary>A step of the proxy's pipeline.</summary>
    public static Task Check(HttpContext context, RequestDelegate next)
    {
        if (LimitOf(context) is not { } limit || context.Request.ContentLength is not { } length)
            return next(context);

        // The proxy gives the server its route's limit only after this step.
        var maximum = context.GetReverseProxyFeature().Route.Config.MaxRequestBodySize ?? limit.MaxRequestBodySize;
        if (maximum is null || length <= maximum)
            return next(context);

        if (length <= DrainedBytes && !limit.IsReadOnly)
            limit.MaxRequestBodySize = DrainedBytes;

        return TooLarge(maximum).ExecuteAsync(context);
    }

    public static ProblemHttpResult TooLarge(HttpContext context) => TooLarge(LimitOf(context)?.MaxRequestBodySize);

    private static IHttpMaxRequestBodySizeFeature? LimitOf(HttpContext context) => context.Features.Get<IHttpMaxRequestBodySizeFeature>();

    private static ProblemHttpResult TooLarge(long? maximum) =>
        Problems.Create(StatusCodes.Status413PayloadTooLarge, "body-too-large", $"The body is larger than {maximum} bytes.");
}
