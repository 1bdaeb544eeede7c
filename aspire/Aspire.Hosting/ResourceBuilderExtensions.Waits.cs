using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts the resource when the dependency is running, healthy and ready.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport =>
        builder.AddWaits(dependency, WaitType.WaitUntilHealthy, waitBehavior: null);

    public static IResourceBuilder<T> WaitFor<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> dependency,
        WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport =>
        builder.AddWaits(dependency, WaitType.WaitUntilHealthy, waitBehavior);

    /// <summary>Starts the resource when the dependency is running, healthy or not.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport =>
        builder.AddWaits(dependency, WaitType.WaitUntilStarted, waitBehavior: null);

    public static IResourceBuilder<T> WaitForStart<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> dependency,
        WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport =>
        builder.AddWaits(dependency, WaitType.WaitUntilStarted, waitBehavior);

    /// <summary>Starts the resource when the dependency has ended with that exit code.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> dependency,
        int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(dependency);

        RefuseWaitingForOneself(builder.Resource, dependency.Resource);
        return builder
            .WithRelationship(dependency.Resource, KnownRelationshipTypes.WaitFor)
            .WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitForCompletion, exitCode));
    }

    private static IResourceBuilder<T> AddWaits<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> dependency,
        WaitType waitType,
        WaitBehavior? waitBehavior)
        where T : IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(dependency);

        builder.AddWait(dependency.Resource, waitType, waitBehavior);
        return builder.WithRelationship(dependency.Resource, KnownRelationshipTypes.WaitFor);
    }

    private static void AddWait<T>(this IResourceBuilder<T> builder, IResource dependency, WaitType waitType, WaitBehavior? waitBehavior)
        where T : IResourceWithWaitSupport
    {
        RefuseWaitingForOneself(builder.Resource, dependency);

        // A database is there when its server is; the server is what has the health check if only one of them has.
        if (dependency is IResourceWithParent child)
        {
            builder.AddWait(child.Parent, waitType, waitBehavior);
        }

        builder.WithAnnotation(new WaitAnnotation(dependency, waitType) { WaitBehavior = waitBehavior });
    }

    private static void RefuseWaitingForOneself(IResource resource, IResource dependency)
    {
        if (resource == dependency)
        {
            throw new DistributedApplicationException($"The '{resource.Name}' resource cannot wait for itself.");
        }

        if (resource is IResourceWithParent child && child.Parent == dependency)
        {
            throw new DistributedApplicationException($"The '{resource.Name}' resource cannot wait for its parent '{dependency.Name}'.");
        }
    }
}
