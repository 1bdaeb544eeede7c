using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Dcp.Model;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Starts the whole model in order, and single instances on command.</summary>
internal sealed class ApplicationOrchestrator(
    DistributedApplicationModel model,
    DcpHost dcp,
    EndpointAllocation endpoints,
    InitialStates initialStates,
    ProcessLauncher launcher,
    ProcessWatcher watcher,
    ResourceHierarchy hierarchy,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    DistributedApplicationExecutionContext executionContext,
    IDistributedApplicationEventing eventing,
    IServiceProvider services)
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private ProcessInstance[] _instances = [];
    private Task _watching = Task.CompletedTask;

    /// <summary>Returns when every resource has been started, those that wait for others included.</summary>
    /// <exception cref="DistributedApplicationException">
    /// The orchestrator or the model is at fault. A resource's own failure is its state instead.
    /// </exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _instances =
        [
            .. from resource in model.Resources
               from identity in ResourceInstances.Of(resource)
               select new ProcessInstance(resource, identity),
        ];

        endpoints.Prepare();
        await initialStates.PublishAsync(cancellationToken);
        await dcp.StartAsync(cancellationToken);
        await endpoints.RunAsync(cancellationToken);
        await PublishEndpointsAsync(cancellationToken);
        await CreateContainerNetworkAsync(cancellationToken);
        _watching = watcher.RunAsync(_instances);

        using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, dcp.Stopping);
        await Task.WhenAll(
            from instance in _instances
            group instance by instance.Resource into replicas
            select StartResourceAsync(replicas.Key, [.. replicas], starting.Token));
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), starting.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await dcp.StopAsync(cancellationToken);
        await _watching;
    }

    /// <summary>Starts an instance that has ended or was never started; one that waits is let go.</summary>
    public async Task StartInstanceAsync(string name, CancellationToken cancellationToken)
    {
        var instance = Find(name);
        if (await TryReleaseAsync(instance))
        {
            return;
        }

        await instance.Gate.WaitAsync(cancellationToken);
        try
        {
            instance.Retire();
            await DeleteAsync(instance, cancellationToken);
            await LaunchAsync(instance.Resource, [instance], cancellationToken);
        }
        finally
        {
            instance.Gate.Release();
        }
    }

    /// <exception cref="DistributedApplicationException">The process has not ended within 30 s.</exception>
    public async Task StopInstanceAsync(string name, CancellationToken cancellationToken)
    {
        var instance = Find(name);
        await instance.Gate.WaitAsync(cancellationToken);
        try
        {
            await (instance.IsContainer
                ? StopAsync(DcpKinds.Container, instance, cancellationToken)
                : StopAsync(DcpKinds.Executable, instance, cancellationToken));
        }
        finally
        {
            instance.Gate.Release();
        }
    }

    private async Task PublishEndpointsAsync(CancellationToken cancellationToken)
    {
        var allocated = model.Resources.Where(resource => ResourceInstances.IsRun(resource)).ToArray();
        foreach (var resource in allocated)
        {
            await ResourceUrls.CollectAsync(resource, executionContext, loggers, cancellationToken);
            await notifications.PublishUpdateAsync(
                resource, snapshot => snapshot with { Urls = ResourceUrls.Of(resource, isActive: false) });
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken);
        }
    }

    private async Task CreateContainerNetworkAsync(CancellationToken cancellationToken)
    {
        if (_instances.Any(instance => instance.IsContainer))
        {
            var network = DcpKinds.ContainerNetwork.New(
                ContainerObjects.NetworkName, new ContainerNetworkSpec($"aspire-session-network-{Environment.ProcessId}"));
            await dcp.Client.CreateAsync(DcpKinds.ContainerNetwork, network, cancellationToken);
        }
    }

    private async Task StartResourceAsync(IResource resource, ProcessInstance[] replicas, CancellationToken cancellationToken)
    {
        if (resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
        {
            await PublishStateAsync(replicas, KnownResourceStates.NotStarted);
            return;
        }

        await Task.WhenAll(replicas.Select(replica => replica.Gate.WaitAsync(cancellationToken)));
        try
        {
            await LaunchAsync(resource, replicas, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application is being stopped while it starts.
        }
        finally
        {
            Array.ForEach(replicas, replica => replica.Gate.Release());
        }
    }

    private async Task LaunchAsync(IResource resource, ProcessInstance[] instances, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(resource);
        try
        {
            await hierarchy.PublishConnectionStringsAsync(resource, cancellationToken);
            await PublishStateAsync(instances, KnownResourceStates.Starting);
            await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), cancellationToken);
            await Task.WhenAll(instances.Select(instance => launcher.CreateAsync(instance, logger, cancellationToken)));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogError(e, "'{Resource}' could not be started: {Reason}", resource.Name, e.Message);
            await PublishStateAsync(
                instances, new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error));
        }
    }

    private async Task PublishStateAsync(ProcessInstance[] instances, ResourceStateSnapshot? state)
    {
        foreach (var instance in instances)
        {
            await notifications.PublishUpdateAsync(instance.Resource, instance.Name, snapshot => snapshot with
            {
                State = state,
                ExitCode = null,
                StopTimeStamp = null,
                HealthReports = InitialStates.HealthReports(instance.Resource),
            });
        }

        if (instances is [{ IsContainer: true } container] && notifications.TryGetCurrentState(container.Name, out var current))
        {
            await hierarchy.PublishStateAsync(container.Resource, current.Snapshot);
        }
    }

    private async Task<bool> TryReleaseAsync(ProcessInstance instance)
    {
        var wasWaiting = false;
        await notifications.PublishUpdateAsync(instance.Resource, instance.Name, snapshot =>
        {
            wasWaiting = snapshot.State?.Text == KnownResourceStates.Waiting;
            return wasWaiting ? snapshot with { State = KnownResourceStates.Starting } : snapshot;
        });

        return wasWaiting;
    }

    private Task DeleteAsync(ProcessInstance instance, CancellationToken cancellationToken) => instance.IsContainer
        ? dcp.Client.DeleteAsync(DcpKinds.Container, instance.Name, cancellationToken)
        : dcp.Client.DeleteAsync(DcpKinds.Executable, instance.Name, cancellationToken);

    private async Task StopAsync<TSpec>(DcpKind<TSpec, ProcessStatus> kind, ProcessInstance instance, CancellationToken cancellationToken)
    {
        await dcp.Client.StopAsync(kind, instance.Name, cancellationToken);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StopLimit);
        try
        {
            await notifications.WaitForResourceAsync(instance.Resource.Name, HasEnded, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"'{instance.Name}' has not ended within {StopLimit.TotalSeconds:0} s.", e);
        }

        bool HasEnded(ResourceEvent change) =>
            change.ResourceId == instance.Name && KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text ?? "");
    }

    private ProcessInstance Find(string name) =>
        _instances.FirstOrDefault(instance => string.Equals(instance.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidOperationException($"There is no process or container '{name}'.");
}
