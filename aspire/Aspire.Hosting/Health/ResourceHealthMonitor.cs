using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Health;

/// <summary>Checks the health of every resource that runs, and tells when one is ready for the first time since its start.</summary>
internal sealed class ResourceHealthMonitor(
    ResourceNotificationService notifications,
    HealthCheckService healthChecks,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    TimeProvider time,
    ILogger<ResourceHealthMonitor> logger) : BackgroundService
{
    private readonly Dictionary<IResource, HealthLoop> _loops = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                Follow(change, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
        finally
        {
            foreach (var loop in _loops.Values)
            {
                loop.Stop();
            }
        }
    }

    private void Follow(ResourceEvent change, CancellationToken stoppingToken)
    {
        var state = change.Snapshot.State?.Text;
        if (_loops.TryGetValue(change.Resource, out var loop))
        {
            loop.StateIs(change.ResourceId, state);
            if (HasEnded(change.Resource))
            {
                loop.Stop();
                _loops.Remove(change.Resource);
            }
        }
        else if (state == KnownResourceStates.Running)
        {
            _loops[change.Resource] = StartLoop(change.Resource, stoppingToken);
        }
    }

    private HealthLoop StartLoop(IResource resource, CancellationToken stoppingToken)
    {
        var loop = new HealthLoop(resource, notifications, healthChecks, PublishReadyAsync, time, logger, stoppingToken);
        _ = loop.RunAsync();

        return loop;
    }

    /// <summary>One replica that has ended says nothing of the others.</summary>
    private bool HasEnded(IResource resource) => resource.GetResolvedResourceNames().All(name =>
        notifications.TryGetCurrentState(name, out var current)
        && KnownResourceStates.TerminalStates.Contains(current.Snapshot.State?.Text ?? ""));

    private async Task PublishReadyAsync(IResource resource, CancellationToken cancellationToken)
    {
        var published = eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken);
        await published.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (published.Exception is { } failure)
        {
            logger.LogError(failure, "What is done when '{Resource}' is ready has failed.", resource.Name);
        }

        // Whoever waits for the resource also waits for what happens at that moment, and gets its failure.
        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { ResourceReadyEvent = new EventSnapshot(published) });
    }
}
