namespace ShopFlow.ServiceDefaults.Http;

/// <summary>Sends a request to the address behind the service name in its URI. Inside the retries, so that each attempt may go elsewhere.</summary>
internal sealed class ServiceDiscoveryHandler(ServiceEndpointResolver resolver) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } logical)
            return await base.SendAsync(request, cancellationToken);

        try
        {
            request.RequestUri = resolver.Resolve(logical);
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = logical;
        }
    }
}
