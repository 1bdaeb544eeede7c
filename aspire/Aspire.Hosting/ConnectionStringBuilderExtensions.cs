using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

public static class ConnectionStringBuilderExtensions
{
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        ReferenceExpression connectionStringExpression)
    {
        var resource = builder.AddResource(new ConnectionStringResource(name, connectionStringExpression));

        var dependencies = ResourcesIn(connectionStringExpression).Where(dependency => dependency is not IResourceWithoutLifetime);

        foreach (var dependency in dependencies.Distinct())
        {
            resource.WaitForStart(builder.CreateResourceBuilder(dependency));
        }

        return resource
            .WithReferenceRelationship(connectionStringExpression)
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = KnownResourceTypes.ConnectionString,
                State = KnownResourceStates.NotStarted,
                Properties = [],
            })
            .OnInitializeResource(StartAsync);
    }

    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        Action<ReferenceExpressionBuilder> connectionStringBuilder)
    {
        ArgumentNullException.ThrowIfNull(connectionStringBuilder);

        var expression = new ReferenceExpressionBuilder();
        connectionStringBuilder(expression);
        return builder.AddConnectionString(name, expression.Build());
    }

    private static IEnumerable<IResource> ResourcesIn(ReferenceExpression expression) => expression.ValueProviders
        .SelectMany(value => value is IResource ? [value] : (value as IValueWithReferences)?.References ?? [])
        .OfType<IResource>();

    private static async Task StartAsync(
        ConnectionStringResource resource,
        InitializeResourceEvent initialize,
        CancellationToken cancellationToken)
    {
        try
        {
            await initialize.Eventing.PublishAsync(new BeforeResourceStartedEvent(resource, initialize.Services), cancellationToken);
            await initialize.Notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.Running });
            await initialize.Eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, initialize.Services), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            initialize.Logger.LogError(exception, "Failed to resolve connection string for resource '{ResourceName}'", resource.Name);
            await initialize.Notifications.PublishUpdateAsync(
                resource,
                snapshot => snapshot with { State = KnownResourceStates.FailedToStart });
        }
    }
}
