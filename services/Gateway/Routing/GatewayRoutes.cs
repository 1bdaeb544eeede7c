using ShopFlow.Gateway.RateLimiting;
using ShopFlow.ServiceDefaults;
using Yarp.ReverseProxy.Configuration;

namespace ShopFlow.Gateway.Routing;

/// <summary>The public paths. What is not listed here cannot be reached from outside: no /internal, no service's /metrics.</summary>
internal sealed class GatewayRoutes(GatewayOptions options)
{
    private const string SignedIn = "default";

    private static readonly TimeSpan? NoLimit = null;

    public IReadOnlyList<RouteConfig> All =>
    [
        Route("auth", Services.Auth, "/auth/{**rest}", options.WriteLimit),
        Limited("login", Services.Auth, "/auth/login", RateLimit.Password),
        Limited("register", Services.Auth, "/auth/register", RateLimit.Password),
        Limited("password", Services.Auth, "/auth/password/{**rest}", RateLimit.Password),
        Limited("password-reset", Services.Auth, "/auth/password-reset/{**rest}", RateLimit.Password),
        Route("auth-me", Services.Auth, "/auth/me", options.ReadLimit, SignedIn),
        Route("auth-verify", Services.Auth, "/auth/verify", options.ReadLimit, SignedIn),
        Route("users", Services.Auth, "/admin/users/{**rest}", options.WriteLimit, Policies.Admin),
        Route("audit", Services.Auth, "/admin/audit", options.ReadLimit, Policies.Admin),
        Route("signing-keys", Services.Auth, "/admin/signing-keys/{**rest}", options.WriteLimit, Policies.Admin),
        Route("jwks", Services.Auth, "/.well-known/jwks.json", options.ReadLimit),

        Route("products", Services.Catalog, "/products/{**rest}", options.ReadLimit),
        Limited("product-views", Services.Recommendations, "/products/{id}/views", RateLimit.Read, HttpMethods.Post),
        Route("categories", Services.Catalog, "/categories/{**rest}", options.ReadLimit),
        Route("images", Services.Catalog, "/images/{image}", options.ReadLimit),

        Route("search", Services.Search, "/search/{**rest}", options.ReadLimit),
        Route("admin-search", Services.Search, "/admin/search/{**rest}", options.WriteLimit, Policies.Admin),

        // Files of the whole catalogue; the service ends what takes too long.
        Route("admin-products", Services.Catalog, "/admin/products/{**rest}", NoLimit, Policies.Admin) with { MaxRequestBodySize = options.MaximumFileBytes },

        // Guests buy too: the service decides who may do what.
        Route("cart", Services.Cart, "/cart/{**rest}", options.WriteLimit),
        Route("checkout", Services.Orders, "/checkout/{**rest}", options.WriteLimit),
        Route("orders", Services.Orders, "/orders/{**rest}", options.WriteLimit),
        Limited("place-order", Services.Orders, "/orders", RateLimit.Order, HttpMethods.Post),
        Limited("order", Services.Orders, "/order", RateLimit.Order, HttpMethods.Post),
        Limited("create-order", Services.Orders, "/create-order", RateLimit.Order, HttpMethods.Post),
        Route("order-events", Services.Orders, "/orders/{id}/events", NoLimit),
        Route("payments", Services.Payments, "/payments/{**rest}", options.WriteLimit, SignedIn),
        Limited("payment-webhooks", Services.Payments, "/payments/webhooks", RateLimit.Webhook),
        Route("admin-payments", Services.Payments, "/admin/payments/{**rest}", options.ReadLimit, Policies.Admin),
        Route("notifications", Services.Notifications, "/notifications/{**rest}", options.ReadLimit, SignedIn),
        Limited("send-notification", Services.Notifications, "/notifications/send", RateLimit.Message) with { AuthorizationPolicy = SignedIn },
        Route("deliveries", Services.Notifications, "/admin/deliveries/{**rest}", options.ReadLimit, Policies.Admin),
        Route("recommendations", Services.Recommendations, "/recommendations/{**rest}", options.ReadLimit),
        Route("recommendations-rebuild", Services.Recommendations, "/admin/recommendations/rebuild", NoLimit, Policies.Admin),
        Route("admin-orders", Services.Orders, "/admin/orders/{**rest}", options.WriteLimit, Policies.Admin),
        Route("refunds", Services.Orders, "/admin/refunds", options.ReadLimit, Policies.Admin),
        Route("rates", Services.Orders, "/admin/rates", options.WriteLimit, Policies.Admin),
        Route("promotions", Services.Orders, "/admin/promotions/{**rest}", options.WriteLimit, Policies.Admin),
        Route("stock", Services.Inventory, "/admin/stock/{**rest}", options.WriteLimit, Policies.Admin),

        // All of them handle events, and keep those that they could not handle.
        .. Services.All.Select(service => Route(
            $"{service}-dead-letters", service, $"/admin/dead-letters/{service}/{{**rest}}", options.WriteLimit, Policies.Admin)),

        Alias("catalog", Services.Catalog, "/catalog", "/products"),

        .. Services.All.Select(service => Alias($"{service}-health", service, $"/{service}/health", "/health")),
    ];

    private RouteConfig Route(string id, string service, string path, TimeSpan? timeLimit, string? policy = null) => new()
    {
        RouteId = id,
        ClusterId = service,
        Match = new() { Path = path },
        AuthorizationPolicy = policy,
        MaxRequestBodySize = options.MaximumBodyBytes,
        Timeout = timeLimit,
        TimeoutPolicy = timeLimit is null ? "disable" : null,
    };

    /// <summary>A write with a limit of its own to how often a caller may ask for it.</summary>
    private RouteConfig Limited(string id, string service, string path, RateLimit limit, string? method = null)
    {
        var route = Route(id, service, path, options.WriteLimit);
        return route with
        {
            Match = method is null ? route.Match : new() { Path = path, Methods = [method] },
            Metadata = new Dictionary<string, string> { [RateLimits.Metadata] = limit.ToString() },
        };
    }

    private RouteConfig Read(string id, string service, string path) => new()
    {
        RouteId = id,
        ClusterId = service,
        Match = new() { Path = path, Methods = [HttpMethods.Get, HttpMethods.Head] },
        Timeout = options.ReadLimit,
    };

    /// <summary>A read that the service knows under another path.</summary>
    private RouteConfig Alias(string id, string service, string path, string target) => Read(id, service, path) with
    {
        Transforms = [new Dictionary<string, string> { ["PathSet"] = target }],
    };
}
