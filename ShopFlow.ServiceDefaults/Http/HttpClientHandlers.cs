using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace ShopFlow.ServiceDefaults.Http;

internal static class HttpClientHandlers
{
    /// <summary>
    /// Adds a handler to one client, or to all when the builder is that of ConfigureHttpClientDefaults; a client that asks for what the
    /// defaults already gave it does not get it twice. The handler is told the client's name.
    /// </summary>
    public static IHttpClientBuilder AddHandlerOnce<THandler>(this IHttpClientBuilder builder, Func<IServiceProvider, string, THandler> create)
        where THandler : DelegatingHandler
    {
        Action<HttpClientFactoryOptions> configure = options => options.HttpMessageHandlerBuilderActions.Add(handlers =>
        {
            if (!handlers.AdditionalHandlers.OfType<THandler>().Any())
                handlers.AdditionalHandlers.Add(create(handlers.Services, handlers.Name ?? ""));
        });

        if (builder.Name is null)
            builder.Services.ConfigureAll(configure);
        else
            builder.Services.Configure(builder.Name, configure);

        return builder;
    }
}
