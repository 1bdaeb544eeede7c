using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using ShopFlow.ServiceDefaults.Auditing;
using ShopFlow.ServiceDefaults.Authentication;
using ShopFlow.ServiceDefaults.Errors;
using ShopFlow.ServiceDefaults.Health;
using ShopFlow.ServiceDefaults.Http;
using ShopFlow.ServiceDefaults.OpenApi;
using ShopFlow.ServiceDefaults.Telemetry;

namespace ShopFlow.ServiceDefaults;

/// <summary>What every service has.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>How long requests and consumers may take to finish when the service stops.</summary>
    private static readonly TimeSpan s_shutdownTimeout = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Adds telemetry, health checks, service discovery and resilience for HttpClient, problem details, token validation,
    /// the log of what administrators do, JSON options, request limits and a graceful stop.
    /// </summary>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = s_shutdownTimeout);

        builder.AddSettingDefaults();
        builder.AddFlags();
        builder.AddConsoleLog();
        builder.AddTelemetry();
        builder.AddHealth();
        builder.AddHttpClientDefaults();
        builder.AddProblems();
        builder.AddRequestLimits();
        builder.AddJson();
        builder.AddAccessTokens();
        builder.AddAdminAudit();
        builder.AddApiDescription();
        builder.Services.AddHostedService<StartupGarbage>();

        return builder;
    }

    /// <summary>Adds the middleware that goes with it. Call it first.</summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseMiddleware<ServerSpanMiddleware>();
        app.UseProblems();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<AdminAudit>();

        return app;
    }

    /// <summary>Maps /health/live, /health/ready, /health, /metrics and /openapi/v1.json.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        var inward = app.MapGroup("").DisableHttpMetrics().ExcludeFromDescription();
        inward.MapHealth();
        inward.MapMetrics();
        inward.MapOpenApi();

        return app;
    }
}
