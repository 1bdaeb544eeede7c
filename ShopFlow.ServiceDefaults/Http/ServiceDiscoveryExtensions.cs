using Microsoft.Extensions.DependencyInjection.Extensions;
using ShopFlow.ServiceDefaults;
using ShopFlow.ServiceDefaults.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Calls services by their name in the model. The names are those of Microsoft.Extensions.ServiceDiscovery, which can take its place.</summary>
public static class ServiceDiscoveryExtensions
{
    public static IServiceCollection AddServiceDiscovery(this IServiceCollection services)
    {
        services.TryAddSingleton<ServiceEndpointResolver>();
        return services;
    }

    /// <summary>Resolves the host of every request of this client, such as <c>http://catalog</c>.</summary>
    public static IHttpClientBuilder AddServiceDiscovery(this IHttpClientBuilder builder)
    {
        builder.Services.AddServiceDiscovery();
        return builder.AddHandlerOnce((services, _) => new ServiceDiscoveryHandler(services.GetRequiredService<ServiceEndpointResolver>()));
    }
}
