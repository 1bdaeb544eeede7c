using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Health;

internal static class HealthCheckKeys
{
    /// <summary>The health checks of a resource and of those that it lives in: a database is no healthier than its server.</summary>
    public static IReadOnlyList<string> Of(IResource resource)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(annotation => annotation.Key);

        return [.. (resource is IResourceWithParent { Parent: { } parent } ? keys.Concat(Of(parent)) : keys).Distinct()];
    }
}
