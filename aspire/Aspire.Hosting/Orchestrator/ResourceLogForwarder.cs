using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// Passes the resources' console output to the AppHost's log, under <c>{application}.Resources.{resource}</c>:
/// under test there is no dashboard in which to read it.
/// </summary>
internal sealed class ResourceLogForwarder(
    DistributedApplicationModel model, ResourceLoggerService logs, ILoggerFactory loggers, IHostEnvironment environment) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        from resource in model.Resources
        from instance in ResourceInstances.Of(resource)
        select ForwardAsync(resource, instance.Name, stoppingToken));

    private async Task ForwardAsync(IResource resource, string instanceName, CancellationToken stoppingToken)
    {
        var logger = loggers.CreateLogger($"{environment.ApplicationName}.Resources.{resource.Name}");
        try
        {
            await foreach (var batch in logs.WatchAsync(instanceName).WithCancellation(stoppingToken))
            {
                foreach (var line in batch)
                {
                    var level = line.IsErrorMessage ? LogLevel.Error : LogLevel.Information;
                    logger.Log(level, "{LineNumber}: {LineContent}", line.LineNumber, line.Content);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }
}
