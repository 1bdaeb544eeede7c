namespace Aspire.Hosting.ApplicationModel;

public class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport,
      IResourceWithProbes, IComputeResource
{
    /// <summary>Endpoints of the Kestrel section of the project's appsettings, which override the addresses in ASPNETCORE_URLS.</summary>
    internal Dictionary<EndpointAnnotation, string> KestrelEndpointAnnotationHosts { get; } = [];

    internal bool HasKestrelEndpoints => KestrelEndpointAnnotationHosts.Count > 0;

    /// <summary>The https endpoint that exists only because the project needs one in a manifest: its port is left to the platform.</summary>
    internal EndpointAnnotation? DefaultHttpsEndpoint { get; set; }
}
