using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What <c>WaitFor</c>, <c>WaitForStart</c> and <c>WaitForCompletion</c> in the model mean when a resource is about to start.</summary>
internal sealed class DependencyWaits(ResourceNotificationService notifications, ResourceLoggerService loggers)
{
    public async Task WaitAsync(IResource resource, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().Where(wait => wait.Resource is not IResourceWithoutLifetime).ToList();
        if (waits.Count == 0)
        {
            return;
        }

        var pending = new PendingDependencies(notifications, resource, waits.SelectMany(wait => wait.Resource.GetResolvedResourceNames()));
        await pending.ShowAsync();

        try
        {
            await Task.WhenAll(waits.SelectMany(
                wait => wait.Resource.GetResolvedResourceNames(),
                (wait, resourceId) => WaitForInstanceAsync(resource, wait, resourceId, pending, cancellationToken)));
        }
        catch (OperationCanceledException exception)
        {
            var failure = $"Resource '{resource.Name}' failed to wait for dependencies before the operation was cancelled.";
            throw new OperationCanceledException(
                WaitFailure.Describe(notifications, failure, resource.Name),
                exception,
                exception.CancellationToken);
        }
    }

    private async Task WaitForInstanceAsync(
        IResource resource,
        WaitAnnotation wait,
        string resourceId,
        PendingDependencies pending,
        CancellationToken cancellationToken)
    {
        // With replicas the instance is what is being talked about; else everyone knows the resource by its own name.
        var displayName = wait.Resource.GetResolvedResourceNames().Length > 1 ? resourceId : wait.Resource.Name;
        var logger = loggers.GetLogger(resource);

        await (wait.WaitType switch
        {
            WaitType.WaitUntilHealthy => WaitUntilHealthyAsync(),
            WaitType.WaitUntilStarted => WaitUntilRunningAsync(),
            WaitType.WaitForCompletion => WaitForCompletionAsync(),
            _ => throw new DistributedApplicationException($"Unexpected wait type: {wait.WaitType}"),
        });

        logger.LogInformation("Finished waiting for resource '{ResourceName}'.", displayName);
        await pending.RemoveAsync(resourceId);

        async Task WaitUntilHealthyAsync()
        {
            await WaitUntilRunningAsync();

            if (wait.Resource.HasAnnotationOfType<HealthCheckAnnotation>())
            {
                logger.LogInformation("Waiting for resource '{ResourceName}' to become healthy.", displayName);
                await ObserveAsync(snapshot => snapshot.HealthStatus == HealthStatus.Healthy, "become healthy");
            }

            await notifications.WaitForReadyEventAsync(wait.Resource.Name, resourceId, cancellationToken);
        }

        async Task WaitUntilRunningAsync()
        {
            logger.LogInformation(
                "Waiting for resource '{ResourceName}' to enter the '{State}' state.",
                displayName,
                KnownResourceStates.Running);

            var stops = (wait.WaitBehavior ?? notifications.DefaultWaitBehavior) == WaitBehavior.StopOnResourceUnavailable;
            var snapshot = await ObserveAsync(
                candidate =>
                    candidate.State?.Text == KnownResourceStates.Running || (stops && ResourceNotificationService.IsUnavailable(candidate)),
                $"reach the '{KnownResourceStates.Running}' state");

            if (ResourceNotificationService.IsUnavailable(snapshot))
            {
                throw Stopped(snapshot.State!.Text == KnownResourceStates.FailedToStart
                    ? "it failed to start."
                    : $"it entered the '{snapshot.State.Text}' state prematurely.");
            }
        }

        async Task WaitForCompletionAsync()
        {
            logger.LogInformation("Waiting for resource '{ResourceName}' to complete.", displayName);

            var snapshot = await ObserveAsync(
                candidate => candidate.ExitCode is not null || KnownResourceStates.TerminalStates.Contains(candidate.State?.Text),
                "reach a terminal state");

            if (snapshot.State?.Text == KnownResourceStates.FailedToStart)
            {
                throw Stopped("it failed to start.");
            }

            if (snapshot.ExitCode is { } exitCode && exitCode != wait.ExitCode)
            {
                throw Stopped($"it entered the '{snapshot.State?.Text}' state with exit code '{exitCode}', expected '{wait.ExitCode}'.");
            }
        }

        async Task<CustomResourceSnapshot> ObserveAsync(Func<CustomResourceSnapshot, bool> predicate, string aim) =>
            (await notifications.WaitAsync(
            wait.Resource.Name,
            candidate => candidate.ResourceId == resourceId && predicate(candidate.Snapshot),
            $"Resource '{displayName}' failed to {aim} before the operation was cancelled.",
            cancellationToken)).Snapshot;

        DistributedApplicationException Stopped(string reason)
        {
            logger.LogError("Dependency resource '{ResourceName}': {Reason}", displayName, reason);
            return new DistributedApplicationException(
                $"Resource '{resource.Name}' stopped waiting for dependency resource '{displayName}' because {reason}");
        }
    }
}
