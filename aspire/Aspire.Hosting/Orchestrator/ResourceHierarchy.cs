using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// Resources that live inside another one, like a database in its server: they share the parent's state and events.
/// State goes down from containers only, as in Aspire; events go down from every resource.
/// </summary>
internal sealed class ResourceHierarchy(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    IServiceProvider services)
{
    private readonly ILookup<IResource, IResource> _children =
        model.Resources.OfType<IResourceWithParent>().ToLookup(child => child.Parent, IResource (child) => child);

    public async Task PublishStateAsync(IResource parent, CustomResourceSnapshot snapshot)
    {
        foreach (var child in ChildrenOf(parent))
        {
            await notifications.PublishUpdateAsync(child, state => state with
            {
                State = snapshot.State,
                StartTimeStamp = snapshot.StartTimeStamp,
                StopTimeStamp = snapshot.StopTimeStamp,
            });
            await PublishStateAsync(child, snapshot);
        }
    }

    public Task PublishStoppedAsync(IResource resource, ResourceEvent stopped, CancellationToken cancellationToken) =>
        PublishAsync(resource, each => new ResourceStoppedEvent(each, services, stopped), cancellationToken);

    /// <summary>Tells that connection strings can be read: the resource's own, and those of its children.</summary>
    public Task PublishConnectionStringsAsync(IResource resource, CancellationToken cancellationToken) => PublishAsync(
        resource,
        each => each is IResourceWithConnectionString ? new ConnectionStringAvailableEvent(each, services) : null,
        cancellationToken);

    private async Task PublishAsync<TEvent>(IResource resource, Func<IResource, TEvent?> create, CancellationToken cancellationToken)
        where TEvent : class, IDistributedApplicationResourceEvent
    {
        if (create(resource) is { } published)
        {
            await eventing.PublishAsync(published, cancellationToken);
        }

        foreach (var child in ChildrenOf(resource))
        {
            await PublishAsync(child, create, cancellationToken);
        }
    }

    /// <summary>Processes, containers and values have a life of their own, whatever their parent.</summary>
    private IEnumerable<IResource> ChildrenOf(IResource parent) =>
        _children[parent].Where(child => !ResourceInstances.IsRun(child) && child is not (ParameterResource or ConnectionStringResource));
}
