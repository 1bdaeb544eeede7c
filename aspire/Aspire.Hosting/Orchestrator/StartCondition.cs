using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Holds a resource back until what it waits for is ready, or until someone starts it all the same.</summary>
internal sealed class StartCondition(ResourceNotificationService notifications)
{
    public async Task WaitAsync(BeforeResourceStartedEvent starting, CancellationToken cancellationToken)
    {
        var resource = starting.Resource;
        if (!resource.HasAnnotationOfType<WaitAnnotation>())
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // Subscribed first: the state may turn to Waiting and back before the second call returns.
        var released = WhenReleasedAsync(resource, either.Token);
        var satisfied = notifications.WaitForDependenciesAsync(resource, either.Token);
        try
        {
            await await Task.WhenAny(satisfied, released);
        }
        finally
        {
            await either.CancelAsync();
        }
    }

    /// <summary>The command to start a waiting resource turns its state to Starting.</summary>
    private Task WhenReleasedAsync(IResource resource, CancellationToken cancellationToken)
    {
        var waiting = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        return notifications.WaitForResourceAsync(resource.Name, HasLeftWaiting, cancellationToken);

        bool HasLeftWaiting(ResourceEvent change)
        {
            var isWaiting = change.Snapshot.State?.Text == KnownResourceStates.Waiting;
            if (isWaiting)
            {
                waiting.Add(change.ResourceId);
            }

            return !isWaiting && waiting.Contains(change.ResourceId);
        }
    }
}
