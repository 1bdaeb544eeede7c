using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What every resource is doing: published by those who run it, watched and waited for by everyone else.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly ConcurrentDictionary<string, TrackedResource> _resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _disposing = new();
    private readonly Lock _publishing = new();
    private readonly ILogger<ResourceNotificationService> _logger;
    private readonly IServiceProvider _services;
    private readonly DependencyWaits _dependencyWaits;
    private Action<ResourceEvent>? _updated;

    public ResourceNotificationService(
        ILogger<ResourceNotificationService> logger,
        IHostApplicationLifetime hostApplicationLifetime,
        IServiceProvider serviceProvider,
        ResourceLoggerService resourceLoggerService)
    {
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(serviceProvider);
        ArgumentNullException.ThrowIfNull(resourceLoggerService);

        _logger = logger;
        _services = serviceProvider;
        _dependencyWaits = new DependencyWaits(this, resourceLoggerService);
        DefaultWaitBehavior = serviceProvider.GetService<IOptions<ResourceNotificationServiceOptions>>()?.Value.DefaultWaitBehavior
            ?? WaitBehavior.StopOnResourceUnavailable;
    }

    internal WaitBehavior DefaultWaitBehavior { get; }

    /// <summary>Changes what is known of every instance of a resource. The factory runs under a lock and must only compute.</summary>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);

        foreach (var resourceId in resource.GetResolvedResourceNames())
        {
            await PublishUpdateAsync(resource, resourceId, stateFactory);
        }
    }

    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(stateFactory);

        // One lock for all: a watcher gets the updates in the order in which they were made.
        lock (_publishing)
        {
            var tracked = _resources.GetOrAdd(resourceId, static (_, resource) => new TrackedResource(resource), resource);
            var changed = stateFactory(tracked.Snapshot ?? SnapshotDefaults.Create(resource));

            tracked.Snapshot = SnapshotDefaults.Complete(resource, changed, _services);
            _updated?.Invoke(new ResourceEvent(resource, resourceId, tracked.Snapshot));
        }

        return Task.CompletedTask;
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        ArgumentNullException.ThrowIfNull(resourceId);

        resourceEvent = _resources.TryGetValue(resourceId, out var tracked) ? ToEvent(resourceId, tracked) : FindByName(resourceId);
        return resourceEvent is not null;
    }

    /// <summary>The latest state of each resource, then every change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(_disposing.Token, cancellationToken);

        void Forward(ResourceEvent resourceEvent) => channel.Writer.TryWrite(resourceEvent);

        lock (_publishing)
        {
            foreach (var (resourceId, tracked) in _resources)
            {
                if (ToEvent(resourceId, tracked) is { } current)
                {
                    Forward(current);
                }
            }

            _updated += Forward;
        }

        try
        {
            await foreach (var resourceEvent in channel.Reader.ReadAllAsync(stopping.Token))
            {
                yield return resourceEvent;
            }
        }
        finally
        {
            lock (_publishing)
            {
                _updated -= Forward;
            }
        }
    }

    /// <summary>Waits for a state; <see cref="KnownResourceStates.Running"/> unless another is named.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(
            resourceName,
            [string.IsNullOrEmpty(targetState) ? KnownResourceStates.Running : targetState],
            cancellationToken);

    public async Task<string> WaitForResourceAsync(
        string resourceName,
        IEnumerable<string> targetStates,
        CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);

        var resourceEvent = await WaitAsync(
            resourceName,
            candidate => candidate.Snapshot.State is { } state && states.Contains(state.Text),
            $"Resource '{resourceName}' failed to reach one of the target states: [{string.Join(", ", states)}] before the operation was cancelled.",
            cancellationToken);

        return resourceEvent.Snapshot.State!.Text;
    }

    public Task<ResourceEvent> WaitForResourceAsync(
        string resourceName,
        Func<ResourceEvent, bool> predicate,
        CancellationToken cancellationToken = default) =>
        WaitAsync(
        resourceName,
        predicate,
        $"Resource '{resourceName}' failed to meet the predicate condition before the operation was cancelled.",
        cancellationToken);

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <summary>Waits until the resource is healthy and the handlers of its <see cref="ResourceReadyEvent"/> are done.</summary>
    /// <exception cref="DistributedApplicationException">The resource failed or does not exist, and the behavior is to stop then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName,
        WaitBehavior waitBehavior,
        CancellationToken cancellationToken = default)
    {
        var stops = waitBehavior == WaitBehavior.StopOnResourceUnavailable;

        if (stops && !TryGetCurrentState(resourceName, out _) && !IsInModel(resourceName))
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it does not exist in the application model.");
        }

        var healthy = await WaitAsync(
            resourceName,
            candidate => candidate.Snapshot.HealthStatus == HealthStatus.Healthy || (stops && IsUnavailable(candidate.Snapshot)),
            $"Resource '{resourceName}' failed to become healthy before the operation was cancelled.",
            cancellationToken);

        if (healthy.Snapshot.HealthStatus != HealthStatus.Healthy)
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start.");
        }

        return await WaitForReadyEventAsync(resourceName, healthy.ResourceId, cancellationToken);
    }

    /// <summary>Waits for everything that <see cref="WaitAnnotation"/>s name; the resource shows as Waiting meanwhile.</summary>
    /// <exception cref="DistributedApplicationException">Something that is waited for failed.</exception>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken) =>
        _dependencyWaits.WaitAsync(resource, cancellationToken);

    public void Dispose()
    {
        _disposing.Cancel();
        GC.SuppressFinalize(this);
    }

    internal static bool IsUnavailable(CustomResourceSnapshot snapshot) =>
        snapshot.State is { Text: var state }
            && (KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.RuntimeUnhealthy);

    internal async Task<ResourceEvent> WaitForReadyEventAsync(string resourceName, string resourceId, CancellationToken cancellationToken)
    {
        var ready = await WaitAsync(
            resourceName,
            candidate => candidate.ResourceId == resourceId && candidate.Snapshot.ResourceReadyEvent is not null,
            $"Resource '{resourceName}' failed to execute the resource ready event before the operation was cancelled.",
            cancellationToken);

        await ready.Snapshot.ResourceReadyEvent!.EventTask.WaitAsync(cancellationToken);
        return ready;
    }

    internal async Task<ResourceEvent> WaitAsync(
        string resourceName,
        Func<ResourceEvent, bool> predicate,
        string failure,
        CancellationToken cancellationToken)
    {
        _logger.LogDebug("Waiting for resource '{ResourceName}'.", resourceName);

        try
        {
            await foreach (var resourceEvent in WatchAsync(cancellationToken))
            {
                if (string.Equals(resourceEvent.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase)
                    && predicate(resourceEvent))
                {
                    return resourceEvent;
                }
            }
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException(WaitFailure.Describe(this, failure, resourceName), exception, exception.CancellationToken);
        }

        throw new OperationCanceledException(WaitFailure.Describe(this, failure, resourceName));
    }

    private static ResourceEvent? ToEvent(string resourceId, TrackedResource tracked) =>
        tracked.Snapshot is { } snapshot ? new ResourceEvent(tracked.Resource, resourceId, snapshot) : null;

    /// <summary>A name stands for its only instance; with replicas it says nothing about any one of them.</summary>
    private ResourceEvent? FindByName(string name)
    {
        var matches = _resources.Where(entry => string.Equals(entry.Value.Resource.Name, name, StringComparison.OrdinalIgnoreCase)).Take(2)
            .ToList();
        return matches is [var (resourceId, tracked)] ? ToEvent(resourceId, tracked) : null;
    }

    private bool IsInModel(string resourceName) =>
        _services.GetService<DistributedApplicationModel>() is not { } model || model.Resources.TryGetByName(resourceName, out _);

    private sealed class TrackedResource(IResource resource)
    {
        public IResource Resource { get; } = resource;

        public CustomResourceSnapshot? Snapshot { get; set; }
    }
}
