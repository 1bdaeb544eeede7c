using ShopFlow.Gateway.Routing;

namespace ShopFlow.Gateway.Caching;

internal static class CachingExtensions
{
    private const string Redis = "cache";

    public static void AddCatalogueCache(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<CacheOptions>().BindConfiguration("Gateway:Cache").ValidateDataAnnotations().ValidateOnStart();

        services.AddSingleton<CatalogueGeneration>();
        services.AddSingleton<PageStore>();
        services.AddSingleton<CacheMetrics>();
        services.AddSingleton<CatalogueCache>();

        services.AddHttpClient(CatalogueClient.Name, client => client.BaseAddress = new Uri($"http://{Services.Catalog}"));
        services.AddSingleton<CatalogueClient>();

        // The gateway works without Redis, so Redis has no say in whether it is ready.
        builder.AddRedisClient(Redis, redis =>
        {
            redis.DisableHealthChecks = true;
            redis.DisableAutoActivation = true;
        });
        services.AddHostedService<GenerationListener>();
    }
}
