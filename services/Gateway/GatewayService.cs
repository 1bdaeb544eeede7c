using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;
using ShopFlow.Gateway.Edge;
using ShopFlow.Gateway.Pages;
using ShopFlow.Gateway.Routing;
using ShopFlow.ServiceDefaults;
using Yarp.ReverseProxy.Configuration;

namespace ShopFlow.Gateway;

internal static class GatewayService
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<GatewayOptions>().BindConfiguration("Gateway").ValidateDataAnnotations().ValidateOnStart();

        builder.Services.AddReverseProxy().AddTransforms(HeaderRules.Apply);
        builder.Services.AddServiceDiscovery();
        builder.Services.AddSingleton<IProxyConfigProvider>(services => new InMemoryConfigProvider(
            new GatewayRoutes(services.GetRequiredService<IOptions<GatewayOptions>>().Value).All,
            new ServiceClusters(services.GetRequiredService<ServiceEndpointResolver>()).All));

        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.SetSampler(new ParentBasedSampler(new ProbesUntraced())));

        // That a service is away is told once, when its health changes, and not by every probe.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Health.ActiveHealthCheckMonitor", LogLevel.Error);
    }

    /// <summary>What surrounds everything, errors included.</summary>
    public static void UseEdge(this WebApplication app)
    {
        app.UseMiddleware<CorrelationId>();
        app.UseMiddleware<SecurityHeaders>();
    }

    public static void MapGateway(this WebApplication app)
    {
        app.UseDocumentation();
        app.MapGet("/", () => TypedResults.Ok(Landing.Page)).ExcludeFromDescription();

        app.MapReverseProxy(proxy =>
        {
            proxy.Use(ProxyFailures.AnswerAsync);
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
    }
}
