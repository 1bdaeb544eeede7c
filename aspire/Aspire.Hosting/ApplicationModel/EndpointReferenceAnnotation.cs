namespace Aspire.Hosting.ApplicationModel;

/// <summary>Which endpoints of another resource a resource was given.</summary>
public sealed class EndpointReferenceAnnotation : IResourceAnnotation
{
    public EndpointReferenceAnnotation(IResourceWithEndpoints resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Resource = resource;
    }

    public IResourceWithEndpoints Resource { get; }

    public bool UseAllEndpoints { get; set; }

    public ISet<string> EndpointNames { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    public NetworkIdentifier ContextNetworkId { get; set; } = KnownNetworkIdentifiers.LocalhostNetwork;
}
