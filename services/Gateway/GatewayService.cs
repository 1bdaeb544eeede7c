using Microsoft.Extensions.Options;
using ShopFlow.Gateway.ApiDocument;
using ShopFlow.Gateway.Caching;
using ShopFlow.Gateway.Edge;
using ShopFlow.Gateway.Flags;
using ShopFlow.Gateway.Health;
using ShopFlow.Gateway.Pages;
using ShopFlow.Gateway.RateLimiting;
using ShopFlow.Gateway.Routing;
using ShopFlow.ServiceDefaults;
using Yarp.ReverseProxy.Configuration;

namespace ShopFlow.Gateway;

internal static class GatewayService
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<GatewayOptions>().BindConfiguration("Gateway").ValidateDataAnnotations()
            .Validate(options => options.AllowedOrigins.All(CrossOrigin.IsOrigin), "Gateway:AllowedOrigins: an origin is https://name or https://name:port, and nothing after it.")
            .ValidateOnStart();

        builder.Services.ConfigureOptions<ConnectionLimits>();
        builder.Services.AddCors();
        builder.Services.ConfigureOptions<CrossOrigin>();
        builder.Services.AddCompression();

        builder.AddCatalogueCache();
        builder.AddRateLimits();
        builder.AddDocumentation();
        builder.Services.AddSingleton<ShopHealth>();

        builder.Services.AddReverseProxy().AddTransforms(HeaderRules.Apply);
        builder.Services.AddServiceDiscovery();
        builder.Services.AddSingleton<IProxyConfigProvider>(services => new InMemoryConfigProvider(
            new GatewayRoutes(services.GetRequiredService<IOptions<GatewayOptions>>().Value).All,
            new ServiceClusters(services.GetRequiredService<ServiceEndpointResolver>()).All));

        builder.Services.Configure<TraceSamplingOptions>(traces =>
        {
            traces.FollowCallers = false;
            // YARP's health probes: every ten seconds a dozen of them would bury the requests.
            traces.Untraced.Add("proxy.cluster_health_checks");
        });

        // That a service is away is told once, when its health changes, and not by every probe.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Health.ActiveHealthCheckMonitor", LogLevel.Error);

        // ProxyFailures writes the one line; the proxy's own has a stack for every client that hangs up.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Forwarder.HttpForwarder", LogLevel.Error);
    }

    /// <summary>What surrounds everything, errors included, and what is answered before routing.</summary>
    public static void UseEdge(this WebApplication app)
    {
        app.UseMiddleware<CorrelationId>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseCors();
        app.UseMiddleware<CachedReads>();
        app.UseRouting();
    }

    public static void MapGateway(this WebApplication app)
    {
        app.MapDocumentation();
        app.MapFlags();
        app.MapGet("/health/shop", (ShopHealth shop, CancellationToken stop) => shop.AnswerAsync(stop)).ExcludeFromDescription();
        app.MapGet("/", () => TypedResults.Ok(Landing.Page)).ExcludeFromDescription();

        app.MapReverseProxy(proxy =>
        {
            proxy.Use(RateLimits.Check);
            proxy.Use(PathRules.Check);
            proxy.Use(BodyLimit.Check);
            proxy.Use(HeaderRules.DropUntrusted);
            proxy.Use(ProxyFailures.AnswerAsync);
            proxy.Use(CachedReads.AnswerOrForward);
            proxy.UseResponseCompression();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
    }
}
