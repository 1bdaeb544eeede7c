using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ShopFlow.ServiceDefaults.Http;

internal static class HttpClientDefaults
{
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_connectionLifetime = TimeSpan.FromMinutes(2);

    public static void AddHttpClientDefaults(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.UseSocketsHttpHandler((handler, _) =>
            {
                handler.ConnectTimeout = s_connectTimeout;
                handler.PooledConnectionLifetime = s_connectionLifetime;
                // No service sends another elsewhere.
                handler.AllowAutoRedirect = false;
            });
            // Traces and metrics tell of each call what these would log.
            http.RemoveAllLoggers();
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
    }
}
