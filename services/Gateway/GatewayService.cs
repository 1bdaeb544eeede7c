using ShopFlow.Gateway.Edge;
using ShopFlow.Gateway.Pages;
using ShopFlow.Gateway.Routing;

namespace ShopFlow.Gateway;

internal static class GatewayService
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        builder.Services.AddReverseProxy()
            .LoadFromMemory(GatewayRoutes.All, ServiceClusters.Read(builder.Configuration))
            .AddTransforms(UntrustedHeaders.Remove);
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
