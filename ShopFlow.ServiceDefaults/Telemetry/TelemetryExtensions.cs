using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ShopFlow.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string SamplerOfTheSdk = "OTEL_TRACES_SAMPLER";

    /// <summary>
    /// Traces, metrics and logs, sent over OTLP when OTEL_EXPORTER_OTLP_ENDPOINT is set. Traces are sampled by <see cref="TraceBudget"/>,
    /// or by the SDK's sampler that OTEL_TRACES_SAMPLER names.
    /// </summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryStart>());
        services.AddSingleton<PrometheusExporter>();

        var telemetry = new TelemetryBuilder(services);
        var sends = !string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]);

        telemetry.ConfigureResource(resource => resource
            .AddService(builder.Environment.ApplicationName)
            .AddEnvironmentVariableDetector());

        telemetry.WithTracing(tracing => tracing
            .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Yarp.ReverseProxy", "ShopFlow.*"));

        services.AddOptions<TraceSamplingOptions>().BindConfiguration(TraceSamplingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        if (string.IsNullOrEmpty(builder.Configuration[SamplerOfTheSdk]))
        {
            services.ConfigureOpenTelemetryTracerProvider((provider, tracing) => tracing.SetSampler(TraceBudget.SamplerFor(
                provider.GetRequiredService<IOptions<TraceSamplingOptions>>().Value, provider.GetRequiredService<TimeProvider>())));
        }

        telemetry.WithMetrics(metrics => metrics
            .AddMeter("Microsoft.AspNetCore.*", "System.Net.*", "System.Runtime", "Microsoft.EntityFrameworkCore", "ShopFlow.*")
            .AddReader(provider => new BaseExportingMetricReader(provider.GetRequiredService<PrometheusExporter>())
            {
                TemporalityPreference = MetricReaderTemporalityPreference.Cumulative,
            }));

        if (!sends)
            return;

        telemetry.WithLogging(configureBuilder: null, options =>
        {
            options.IncludeScopes = true;
            options.IncludeFormattedMessage = true;
        });
        telemetry.UseOtlpExporter();
    }

    /// <summary>One line an entry on the console, in UTC.</summary>
    public static void AddConsoleLog(this IHostApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
    }

    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder endpoints)
        => endpoints.MapGet("/metrics", (PrometheusExporter exporter) => Results.Text(exporter.Scrape(), PrometheusWriter.ContentType));
}
