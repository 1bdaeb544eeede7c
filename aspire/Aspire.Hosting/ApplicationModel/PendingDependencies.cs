namespace Aspire.Hosting.ApplicationModel;

/// <summary>Shows on the waiting resource what it still waits for.</summary>
internal sealed class PendingDependencies(ResourceNotificationService notifications, IResource resource, IEnumerable<string> resourceIds)
{
    private readonly List<string> _pending = [.. resourceIds];

    public Task ShowAsync()
    {
        string[] names;
        lock (_pending)
        {
            names = [.. _pending.Distinct(StringComparer.OrdinalIgnoreCase)];
        }

        var waitingFor = new ResourcePropertySnapshot(KnownProperties.Resource.WaitingFor, names);

        // A resource that is started by hand is waiting only once somebody has tried to start it.
        var mayBeNotStarted = !resource.HasAnnotationOfType<ExplicitStartupAnnotation>()
            || !resource.HasAnnotationOfType<DcpInstancesAnnotation>();

        return notifications.PublishUpdateAsync(resource, snapshot => CanWait(snapshot.State?.Text)
            ? snapshot with { State = KnownResourceStates.Waiting, Properties = [.. Others(snapshot), waitingFor] }
            : snapshot);

        bool CanWait(string? state) =>
            state is null || state == KnownResourceStates.Starting || state == KnownResourceStates.Waiting
            || (mayBeNotStarted && state == KnownResourceStates.NotStarted);
    }

    public Task RemoveAsync(string resourceId)
    {
        bool isEmpty;
        lock (_pending)
        {
            _pending.Remove(resourceId);
            isEmpty = _pending.Count == 0;
        }

        return isEmpty
            ? notifications.PublishUpdateAsync(resource, snapshot => snapshot with { Properties = [.. Others(snapshot)] })
            : ShowAsync();
    }

    private static IEnumerable<ResourcePropertySnapshot> Others(CustomResourceSnapshot snapshot) =>
        snapshot.Properties.Where(property => property.Name != KnownProperties.Resource.WaitingFor);
}
