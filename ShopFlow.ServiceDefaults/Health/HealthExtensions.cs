using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ShopFlow.ServiceDefaults.Health;

internal static class HealthExtensions
{
    private static readonly HealthReportBody s_live = new(nameof(HealthStatus.Healthy), new Dictionary<string, string>());

    public static void AddHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks();
        builder.Services.AddOptions<HealthOptions>().BindConfiguration("Health").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<IDependencies>(provider => provider.GetRequiredService<Readiness>());
        builder.Services.AddHostedService<DrainDelay>();
    }

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        // Live says that the process answers, nothing more: restarting it does not mend a database.
        endpoints.MapGet("/health/live", () => TypedResults.Ok(s_live));
        endpoints.MapGet("/health/ready", ReadyAsync);
        endpoints.MapGet("/health", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";

        var report = await readiness.CheckAsync();
        var ready = report.Status != nameof(HealthStatus.Unhealthy);

        return TypedResults.Json(report, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
