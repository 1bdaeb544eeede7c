using Microsoft.AspNetCore.Routing.Template;
using ShopFlow.Gateway.Routing;
using Yarp.ReverseProxy.Configuration;

namespace ShopFlow.Gateway.ApiDocument;

/// <summary>Which operations of a service can be reached through the gateway.</summary>
internal sealed class PublicOperations(GatewayRoutes routes)
{
    private readonly List<(RouteConfig Route, TemplateMatcher Path)> _routes =
        [.. routes.All.Select(route => (route, new TemplateMatcher(TemplateParser.Parse(route.Match.Path!), [])))];

    /// <param name="service">By its name in the model.</param>
    /// <param name="path">As the service's document has it; a parameter stands for any value.</param>
    /// <param name="method">In any case.</param>
    public bool Contain(string service, string path, string method) => _routes.Exists(known =>
        known.Route.ClusterId == service
        && (known.Route.Match.Methods?.Contains(method, StringComparer.OrdinalIgnoreCase) ?? true)
        && known.Path.TryMatch(path, []));
}
