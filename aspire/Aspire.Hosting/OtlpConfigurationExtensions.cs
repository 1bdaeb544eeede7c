using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public static class OtlpConfigurationExtensions
{
    private const string DefaultGrpcUrl = "http://localhost:18889";
    private const string GrpcUrlKey = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string HttpUrlKey = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";

    /// <summary>Tells the process, in OpenTelemetry's own variables, to send its telemetry to the dashboard.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder) where T : IResourceWithEnvironment
    {
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment);
        return builder;
    }

    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol)
        where T : IResourceWithEnvironment
    {
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment, protocol);
        return builder;
    }

    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment) =>
        AddOtlpEnvironment(resource, configuration, environment, new OtlpExporterAnnotation());

    public static void AddOtlpEnvironment(
        IResource resource,
        IConfiguration configuration,
        IHostEnvironment environment,
        OtlpProtocol protocol) =>
        AddOtlpEnvironment(resource, configuration, environment, new OtlpExporterAnnotation { RequiredProtocol = protocol });

    private static void AddOtlpEnvironment(
        IResource resource,
        IConfiguration configuration,
        IHostEnvironment environment,
        OtlpExporterAnnotation exporter)
    {
        ArgumentNullException.ThrowIfNull(resource);

        resource.Annotations.Add(exporter);
        resource.Annotations.Add(new EnvironmentCallbackAnnotation((EnvironmentCallbackContext context) =>
        {
            if (context.ExecutionContext.IsRunMode)
            {
                SetVariables(context.EnvironmentVariables, configuration, environment, exporter.RequiredProtocol);
            }
        }));
    }

    private static void SetVariables(
        Dictionary<string, object> variables,
        IConfiguration configuration,
        IHostEnvironment environment,
        OtlpProtocol? required)
    {
        var (url, protocol) = ResolveEndpoint(configuration, required);

        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = url;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;

        // Each replica has a name of its own, which the orchestrator fills in.
        variables["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id={{- index .Annotations \"otel-service-instance-id\" -}}";
        variables["OTEL_SERVICE_NAME"] = "{{- index .Annotations \"otel-service-name\" -}}";

        if (configuration["AppHost:OtlpApiKey"] is { } apiKey)
        {
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={apiKey}";
        }

        if (!environment.IsDevelopment())
        {
            return;
        }

        // Somebody is looking at the dashboard: everything, at once.
        variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
    }

    private static (string Url, string Protocol) ResolveEndpoint(IConfiguration configuration, OtlpProtocol? required)
    {
        var (grpc, http) = (configuration[GrpcUrlKey], configuration[HttpUrlKey]);

        return (required, grpc, http) switch
        {
            (OtlpProtocol.Grpc, _, _) => (grpc ?? DefaultGrpcUrl, "grpc"),
            (OtlpProtocol.HttpProtobuf, _, { } url) => (url, "http/protobuf"),
            (OtlpProtocol.HttpJson, _, { } url) => (url, "http/json"),
            (OtlpProtocol.HttpProtobuf or OtlpProtocol.HttpJson, _, null) =>
                throw new InvalidOperationException(
                    $"OtlpExporter is configured to require HTTP, but no endpoint was configured for {HttpUrlKey}"),
            (_, null, { } url) => (url, "http/protobuf"),
            _ => (grpc ?? DefaultGrpcUrl, "grpc"),
        };
    }
}
