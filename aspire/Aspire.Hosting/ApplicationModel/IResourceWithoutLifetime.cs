namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that nothing starts or stops, such as a parameter: it cannot be waited for.</summary>
public interface IResourceWithoutLifetime : IResource;
