using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Health;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Everything that turns a model into running processes. Nothing of it is there when the model is published.</summary>
internal static class RunMode
{
    // The time that a clean stop of the slowest server takes, and some more.
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(20);

    public static void AddServices(DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(provider => DcpOptions.Read(provider.GetRequiredService<IConfiguration>(), options.Assembly));
        services.AddSingleton<DcpHost>();
        services.AddSingleton<EndpointAllocation>();
        services.AddSingleton<InitialStates>();
        services.AddSingleton<ResourceHierarchy>();
        services.AddSingleton<ConsoleLogs>();
        services.AddSingleton<ProcessLauncher>();
        services.AddSingleton<ProcessWatcher>();
        services.AddSingleton<StartCondition>();
        services.AddSingleton<ApplicationOrchestrator>();
        services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = ShutdownLimit);

        builder.Eventing.Subscribe<BeforeStartEvent>(PrepareAsync);
        builder.Eventing.Subscribe<ConnectionStringAvailableEvent>(ShowConnectionStringAsync);
        builder.Eventing.Subscribe<BeforeResourceStartedEvent>((starting, cancellationToken) =>
            starting.Services.GetRequiredService<StartCondition>().WaitAsync(starting, cancellationToken));

        services.AddHostedService<ResourceHealthMonitor>();
        DashboardServices.Add(builder, options);
        if (options.EnableResourceLogging)
        {
            services.AddHostedService<ResourceLogForwarder>();
        }

        services.AddHostedService<OrchestratorService>();
    }

    private static Task PrepareAsync(BeforeStartEvent starting, CancellationToken cancellationToken)
    {
        var options = starting.Services.GetRequiredService<DcpOptions>();
        foreach (var resource in starting.Model.Resources.Where(ResourceInstances.IsRun))
        {
            ResourceInstances.Assign(resource, options);
            LifecycleCommands.Add(resource);
        }

        return Task.CompletedTask;
    }

    private static async Task ShowConnectionStringAsync(ConnectionStringAvailableEvent available, CancellationToken cancellationToken)
    {
        if (available.Resource is not IResourceWithConnectionString resource)
        {
            return;
        }

        var connectionString = await resource.GetConnectionStringAsync(cancellationToken);
        await available.Services.GetRequiredService<ResourceNotificationService>().PublishUpdateAsync(resource, snapshot => snapshot with
        {
            Properties = snapshot.Properties.With(
                new ResourcePropertySnapshot(KnownProperties.Resource.ConnectionString, connectionString) { IsSensitive = true }),
        });
    }
}
