using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ShopFlow.ServiceDefaults.Errors;

internal static class ErrorExtensions
{
    public static void AddProblems(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<ExceptionProblems>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    public static void AddRequestLimits(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RequestLimits>().BindConfiguration("RequestLimits").ValidateDataAnnotations().ValidateOnStart();
        services.AddRequestTimeouts();

        services.AddOptions<RequestTimeoutOptions>().Configure((RequestTimeoutOptions timeouts, IOptions<RequestLimits> limits) =>
            timeouts.DefaultPolicy = new RequestTimeoutPolicy
            {
                Timeout = limits.Value.Timeout,
                TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
            });

        services.AddOptions<KestrelServerOptions>().Configure((KestrelServerOptions kestrel, IOptions<RequestLimits> limits) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.Value.BodyBytes;
        });
    }

    /// <summary>Every error leaves as a problem: thrown, refused by the framework, or too late.</summary>
    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRequestTimeouts();
    }
}
