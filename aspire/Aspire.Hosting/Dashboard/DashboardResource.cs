using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// The dashboard as a hidden resource of the model: the orchestrator starts it, restarts nothing and ends it with the rest.
/// </summary>
internal static class DashboardResource
{
    public const string Name = "aspire-dashboard";
    public const string OtlpGrpc = "otlp-grpc";
    public const string OtlpHttp = "otlp-http";

    /// <summary>The setting that gives the address of one of the dashboard's endpoints.</summary>
    public static string SettingOf(string endpointName) => endpointName switch
    {
        OtlpGrpc => "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL",
        OtlpHttp => "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL",
        _ => "ASPNETCORE_URLS",
    };

    /// <summary>Puts the dashboard first in the model, so that it starts while the others wait.</summary>
    /// <exception cref="DistributedApplicationException">The dashboard is not installed.</exception>
    public static Task AddAsync(BeforeStartEvent starting)
    {
        var options = starting.Services.GetRequiredService<DashboardOptions>();
        var path = Path.GetFullPath(DcpInstallation.Require(options.Path, "the dashboard"));

        var resource = new ExecutableResource(Name, path, Path.GetDirectoryName(path)!);
        resource.Annotations.Add(new CommandLineArgsCallbackAnnotation(arguments => arguments.Insert(0, "dashboard")));
        resource.Annotations.Add(new EnvironmentCallbackAnnotation(starting.Services.GetRequiredService<DashboardEnvironment>().Fill));
        resource.Annotations.Add(new HiddenAnnotation());
        AddEndpoints(resource, options);
        Orchestrator.ResourceInstances.Assign(resource, starting.Services.GetRequiredService<DcpOptions>());

        starting.Model.Resources.Insert(0, resource);
        ForwardLog(resource, starting.Services);

        return Task.CompletedTask;
    }

    /// <summary>Resources send their telemetry to the proxy in front of the dashboard; its port is known from now on.</summary>
    public static Task ShareTelemetryAddress(ResourceEndpointsAllocatedEvent allocated, CancellationToken cancellationToken)
    {
        if (allocated.Resource.Name == Name)
        {
            var configuration = allocated.Services.GetRequiredService<IConfiguration>();
            var endpoints = allocated.Resource.Annotations.OfType<EndpointAnnotation>();
            foreach (var endpoint in endpoints.Where(endpoint => endpoint.Name is OtlpGrpc or OtlpHttp))
            {
                configuration[SettingOf(endpoint.Name)] = endpoint.AllocatedEndpoint?.UriString;
            }
        }

        return Task.CompletedTask;
    }

    public static Task AnnounceAsync(ResourceReadyEvent ready, CancellationToken cancellationToken)
    {
        if (ready.Resource.Name == Name && Frontend(ready.Resource) is { } url)
        {
            var options = ready.Services.GetRequiredService<DashboardOptions>();
            var logger = ready.Services.GetRequiredService<ILogger<DistributedApplication>>();

            // Tools look for these words.
            logger.LogInformation("Now listening on: {DashboardUrl}", url);
            logger.LogInformation("Login to the dashboard at {LoginUrl}", $"{url}/login?t={options.BrowserToken}");
        }

        return Task.CompletedTask;
    }

    /// <summary>The endpoints for browsers, https first.</summary>
    public static EndpointAnnotation[] Frontends(IResource dashboard) =>
    [
        .. dashboard.Annotations
            .OfType<EndpointAnnotation>()
            .Where(endpoint => endpoint.Name is "https" or "http")
            .OrderByDescending(endpoint => endpoint.Name),
    ];

    private static string? Frontend(IResource dashboard) => Frontends(dashboard).FirstOrDefault()?.AllocatedEndpoint?.UriString;

    private static void ForwardLog(IResource resource, IServiceProvider services)
    {
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

        // While the application stops, the dashboard only says that the resource service is gone.
        _ = services.GetRequiredService<DashboardLog>().ForwardAsync(resource.GetResolvedResourceNames()[0], stopping);
    }

    private static void AddEndpoints(IResource resource, DashboardOptions options)
    {
        var frontends = options.Urls ?? "http://localhost:0";
        foreach (var url in frontends.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            resource.Annotations.Add(Endpoint(BindingAddress.Parse(url).Scheme, url));
        }

        if (options.OtlpGrpcUrl is not null || options.OtlpHttpUrl is null)
        {
            resource.Annotations.Add(Endpoint(OtlpGrpc, options.OtlpGrpcUrl, transport: "http2"));
        }

        if (options.OtlpHttpUrl is not null || options.OtlpGrpcUrl is null)
        {
            resource.Annotations.Add(Endpoint(OtlpHttp, options.OtlpHttpUrl));
        }
    }

    private static EndpointAnnotation Endpoint(string name, string? url, string? transport = null)
    {
        var address = BindingAddress.Parse(url ?? "http://localhost:0");

        return new EndpointAnnotation(
            ProtocolType.Tcp,
            uriScheme: address.Scheme,
            transport: transport,
            name: name,
            port: address.Port is > 0 ? address.Port : null,
            isProxied: true)
        {
            TargetHost = address.Host,
        };
    }
}
