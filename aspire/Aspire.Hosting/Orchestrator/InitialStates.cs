using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Health;

namespace Aspire.Hosting.Orchestrator;

/// <summary>What is known of each resource before anything has started.</summary>
internal sealed class InitialStates(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    IServiceProvider services)
{
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>())
        {
            await PublishParameterAsync(parameter, cancellationToken);
        }

        foreach (var resource in model.Resources)
        {
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
            {
                Relationships = Relationships(resource),
                HealthReports = HealthReports(resource),
                Properties = resource is IResourceWithParent child
                    ? snapshot.Properties.With(new ResourcePropertySnapshot(
                        KnownProperties.Resource.ParentName, child.Parent.GetResolvedResourceNames()[0]))
                    : snapshot.Properties,
            });

            await eventing.PublishAsync(
                new InitializeResourceEvent(resource, eventing, loggers, notifications, services),
                EventDispatchBehavior.NonBlockingConcurrent,
                cancellationToken);
        }
    }

    /// <summary>Health checks that have not run yet, so that nobody takes the resource for healthy meanwhile.</summary>
    public static ImmutableArray<HealthReportSnapshot> HealthReports(IResource resource) =>
        [.. HealthCheckKeys.Of(resource).Select(key => new HealthReportSnapshot(key, null, null, null))];

    private async Task PublishParameterAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        var (value, state) = await ReadAsync(parameter, cancellationToken);
        await notifications.PublishUpdateAsync(parameter, snapshot => snapshot with
        {
            State = state,
            Properties = snapshot.Properties.With(
                new ResourcePropertySnapshot(KnownProperties.Parameter.Value, value) { IsSensitive = parameter.Secret }),
        });
    }

    private static async Task<(string? Value, ResourceStateSnapshot? State)> ReadAsync(
        ParameterResource parameter, CancellationToken cancellationToken)
    {
        try
        {
            return (await parameter.GetValueAsync(cancellationToken), KnownResourceStates.Running);
        }
        catch (MissingParameterValueException e)
        {
            return (e.Message, new ResourceStateSnapshot(KnownResourceStates.ValueMissing, KnownResourceStateStyles.Warn));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return (e.Message, new ResourceStateSnapshot("Error initializing parameter", KnownResourceStateStyles.Error));
        }
    }

    /// <summary>The dashboard knows resources by the names of their instances.</summary>
    private ImmutableArray<RelationshipSnapshot> Relationships(IResource resource) =>
    [
        .. from relationship in SnapshotDefaults.RelationshipsOf(resource)
           from name in NamesOf(relationship.ResourceName)
           select new RelationshipSnapshot(name, relationship.Type),
    ];

    private string[] NamesOf(string resourceName) =>
        model.Resources.FirstOrDefault(resource => resource.Name == resourceName)?.GetResolvedResourceNames() ?? [resourceName];
}
