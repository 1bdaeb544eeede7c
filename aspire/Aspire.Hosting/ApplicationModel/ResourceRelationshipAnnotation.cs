namespace Aspire.Hosting.ApplicationModel;

public sealed class ResourceRelationshipAnnotation : IResourceAnnotation
{
    public ResourceRelationshipAnnotation(IResource resource, string type)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(type);

        Resource = resource;
        Type = type;
    }

    public IResource Resource { get; }

    public string Type { get; }
}
