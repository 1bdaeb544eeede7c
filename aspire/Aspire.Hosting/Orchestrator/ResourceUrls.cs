using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// The addresses that are shown of a resource: one for each endpoint and those of the model, after the model's callbacks.
/// </summary>
internal static class ResourceUrls
{
    public static async Task CollectAsync(
        IResource resource,
        DistributedApplicationExecutionContext executionContext,
        ResourceLoggerService loggers,
        CancellationToken cancellationToken)
    {
        var fixedUrls = resource.Annotations.OfType<ResourceUrlAnnotation>().ToList();
        var context = new ResourceUrlsCallbackContext(
            executionContext, resource, [.. OfEndpoints(resource), .. fixedUrls], cancellationToken)
        {
            Logger = loggers.GetLogger(resource),
        };

        foreach (var annotation in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context);
        }

        fixedUrls.ForEach(url => resource.Annotations.Remove(url));
        foreach (var url in context.Urls)
        {
            MakeAbsolute(url);
            resource.Annotations.Add(url);
        }
    }

    /// <summary>An address is inactive, and not shown, while nothing listens behind it.</summary>
    public static ImmutableArray<UrlSnapshot> Of(IResource resource, bool isActive) =>
    [
        .. resource.Annotations.OfType<ResourceUrlAnnotation>().Select(url => new UrlSnapshot(
            url.Endpoint?.EndpointName, url.Url, IsInternal: url.IsInternal || url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            IsInactive = !isActive,
            DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? "", url.DisplayOrder ?? 0),
        }),
    ];

    private static IEnumerable<ResourceUrlAnnotation> OfEndpoints(IResource resource) =>
        resource is IResourceWithEndpoints withEndpoints && resource.TryGetEndpoints(out var endpoints)
            ? from endpoint in endpoints
              let allocated = endpoint.AllocatedEndpoint
              where allocated is not null
              select new ResourceUrlAnnotation
              {
                  Url = allocated.UriString,
                  Endpoint = new EndpointReference(withEndpoints, endpoint),
              }
            : [];

    private static void MakeAbsolute(ResourceUrlAnnotation url)
    {
        if (url.Url.StartsWith('/') && url.Endpoint?.EndpointAnnotation.AllocatedEndpoint is { } allocated)
        {
            url.Url = allocated.UriString + url.Url;
        }
    }
}
