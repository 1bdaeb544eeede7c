using ShopFlow.ServiceDefaults;
using Yarp.ReverseProxy.Configuration;

namespace ShopFlow.Gateway.Routing;

/// <summary>The public paths. What is not listed here cannot be reached from outside: no /internal, no service's /metrics.</summary>
internal static class GatewayRoutes
{
    private const string SignedIn = "default";
    private const long MaximumBodyBytes = 1024 * 1024;

    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(10);

    /// <summary>A log-in may wait in the queue of the password hashes.</summary>
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<RouteConfig> All { get; } =
    [
        Route("auth", Services.Auth, "/auth/{**rest}", Patient),
        Route("auth-me", Services.Auth, "/auth/me", Quick, SignedIn),
        Route("auth-verify", Services.Auth, "/auth/verify", Quick, SignedIn),
        Route("jwks", Services.Auth, "/.well-known/jwks.json", Quick),

        Route("products", Services.Catalog, "/products/{**rest}", Quick),
        Route("categories", Services.Catalog, "/categories", Quick),
        Route("images", Services.Catalog, "/images/{image}", Quick),

        Route("orders", Services.Orders, "/orders/{**rest}", Patient, SignedIn),
        Route("order-events", Services.Orders, "/orders/{id}/events", timeLimit: null, SignedIn),
        Route("payments", Services.Payments, "/payments/{**rest}", Patient, SignedIn),
        Route("notifications", Services.Notifications, "/notifications/{**rest}", Quick, SignedIn),
        Route("stock", Services.Inventory, "/admin/stock/{**rest}", Quick, Policies.Admin),

        Alias("catalog", Services.Catalog, "/catalog", "/products"),

        .. Services.All.Select(service => Alias($"{service}-health", service, $"/{service}/health", "/health")),
        .. Services.All.Select(service => Alias($"{service}-document", service, $"/openapi/{service}.json", "/openapi/v1.json")),
    ];

    private static RouteConfig Route(string id, string service, string path, TimeSpan? timeLimit, string? policy = null) => new()
    {
        RouteId = id,
        ClusterId = service,
        Match = new() { Path = path },
        AuthorizationPolicy = policy,
        MaxRequestBodySize = MaximumBodyBytes,
        Timeout = timeLimit,
        TimeoutPolicy = timeLimit is null ? "disable" : null,
    };

    /// <summary>A read that the service knows under another path.</summary>
    private static RouteConfig Alias(string id, string service, string path, string target) => new()
    {
        RouteId = id,
        ClusterId = service,
        Match = new() { Path = path, Methods = [HttpMethods.Get, HttpMethods.Head] },
        Timeout = Quick,
        Transforms = [new Dictionary<string, string> { ["PathSet"] = target }],
    };
}
