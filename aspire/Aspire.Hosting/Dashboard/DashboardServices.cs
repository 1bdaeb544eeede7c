using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>The dashboard's half of run mode. It comes before the orchestrator, which needs the resource service's address.</summary>
internal static class DashboardServices
{
    public static void Add(DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        if (options.DisableDashboard)
        {
            builder.Eventing.Subscribe<BeforeStartEvent>((starting, _) => LeaveTelemetryOut(starting));
            return;
        }

        DashboardOptions.GenerateKeys(builder.Configuration);

        var services = builder.Services;
        services.AddSingleton(provider =>
            DashboardOptions.Read(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<DcpOptions>()));
        services.AddSingleton<ResourceFeed>();
        services.AddSingleton<ResourceServiceHost>();
        services.AddSingleton<DashboardEnvironment>();
        services.AddSingleton<DashboardLog>();

        // The resource service logs through the AppHost's log, where its requests are of no interest.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        services.AddHostedService(provider => provider.GetRequiredService<ResourceFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<ResourceServiceHost>());

        builder.Eventing.Subscribe<BeforeStartEvent>((starting, _) => DashboardResource.AddAsync(starting));
        builder.Eventing.Subscribe<ResourceEndpointsAllocatedEvent>(DashboardResource.ShareTelemetryAddress);
        builder.Eventing.Subscribe<ResourceReadyEvent>(DashboardResource.AnnounceAsync);
    }

    /// <summary>Without a dashboard nobody listens at the address that the launch settings name.</summary>
    private static Task LeaveTelemetryOut(BeforeStartEvent starting)
    {
        var configuration = starting.Services.GetRequiredService<IConfiguration>();
        configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = null;
        configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = null;

        return Task.CompletedTask;
    }
}
