using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using ShopFlow.ServiceDefaults.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Time limits, retries and a circuit breaker for outgoing calls. The names are those of Microsoft.Extensions.Http.Resilience.
/// </summary>
public static class ResilienceHttpClientBuilderExtensions
{
    /// <summary>Wraps every call of the client; a second call for the same client changes its options and adds nothing.</summary>
    public static IHttpClientBuilder AddStandardResilienceHandler(
        this IHttpClientBuilder builder, Action<HttpStandardResilienceOptions>? configure = null)
    {
        builder.Services.TryAddSingleton<StandardResiliencePipelines>();

        if (configure is not null && builder.Name is null)
            builder.Services.ConfigureAll(configure);
        else if (configure is not null)
            builder.Services.Configure(builder.Name, configure);

        return builder.AddHandlerOnce((services, name) => new StandardResilienceHandler(services.GetRequiredService<StandardResiliencePipelines>(), name));
    }

    /// <summary>The same with the options in a configuration section.</summary>
    public static IHttpClientBuilder AddStandardResilienceHandler(this IHttpClientBuilder builder, IConfigurationSection section)
        => builder.AddStandardResilienceHandler(options => section.Bind(options));
}
