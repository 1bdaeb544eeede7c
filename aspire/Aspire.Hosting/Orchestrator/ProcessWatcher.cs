using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Dcp.Model;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Follows DCP's executables and containers: their state goes to the resource, their output to its log.</summary>
internal sealed class ProcessWatcher(
    DcpHost dcp, ConsoleLogs logs, ResourceHierarchy hierarchy, ResourceNotificationService notifications,
    ResourceLoggerService loggers, ILogger<ProcessWatcher> logger)
{
    private readonly Dictionary<string, ProcessInstance> _instances = new(StringComparer.Ordinal);

    /// <summary>Runs until the application stops.</summary>
    public Task RunAsync(IEnumerable<ProcessInstance> instances)
    {
        foreach (var instance in instances)
        {
            _instances.Add(instance.Name, instance);
        }

        return Task.WhenAll(WatchAsync(DcpKinds.Executable, ProcessSnapshot.Apply), WatchAsync(DcpKinds.Container, ProcessSnapshot.Apply));
    }

    private async Task WatchAsync<TSpec>(
        DcpKind<TSpec, ProcessStatus> kind,
        Func<CustomResourceSnapshot, ProcessInstance, DcpMetadata, TSpec, ProcessStatus?, CustomResourceSnapshot> apply)
    {
        await foreach (var change in dcp.Client.WatchAsync(kind, logger, dcp.Stopping))
        {
            if (change.IsDeleted || !_instances.TryGetValue(change.Object.Name, out var instance))
            {
                continue;
            }

            try
            {
                await PublishAsync(kind, change.Object, instance, apply);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogError(e, "The state of {Name} could not be published.", instance.Name);
            }
        }
    }

    private async Task PublishAsync<TSpec>(
        DcpKind<TSpec, ProcessStatus> kind,
        DcpObject<TSpec, ProcessStatus> current,
        ProcessInstance instance,
        Func<CustomResourceSnapshot, ProcessInstance, DcpMetadata, TSpec, ProcessStatus?, CustomResourceSnapshot> apply)
    {
        if (!instance.IsCurrent(current.Metadata.Uid))
        {
            return;
        }

        logs.Follow(kind, current);
        if (ProcessStates.IsEnded(current.Status?.State))
        {
            await logs.FinishAsync(kind, current);
        }

        var before = notifications.TryGetCurrentState(instance.Name, out var known) ? known.Snapshot.State?.Text : null;
        await notifications.PublishUpdateAsync(
            instance.Resource, instance.Name, snapshot => apply(snapshot, instance, current.Metadata, current.Spec, current.Status));

        if (notifications.TryGetCurrentState(instance.Name, out var now) && now.Snapshot.State?.Text is { } state && state != before)
        {
            await AfterChangeAsync(instance, before, state, now, current.Status);
        }
    }

    private async Task AfterChangeAsync(ProcessInstance instance, string? before, string state, ResourceEvent now, ProcessStatus? status)
    {
        if (instance.IsContainer)
        {
            await hierarchy.PublishStateAsync(instance.Resource, now.Snapshot);
        }

        if (state == KnownResourceStates.RuntimeUnhealthy)
        {
            loggers.GetLogger(instance.Resource).LogError(
                "No container engine answers on this machine, so '{Name}' cannot run. Start Docker or Podman. {Reason}",
                instance.Resource.Name, status?.Message);
        }

        if (KnownResourceStates.TerminalStates.Contains(state) && !KnownResourceStates.TerminalStates.Contains(before ?? ""))
        {
            await hierarchy.PublishStoppedAsync(instance.Resource, now, dcp.Stopping);
        }
    }
}
