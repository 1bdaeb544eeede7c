using ShopFlow.AppHost.Local;
using ShopFlow.AppHost.Native;
using ShopFlow.Flags;

var builder = DistributedApplication.CreateBuilder(args);

// Secrets: generated on the first run and kept in user secrets; a cluster is given its own.
var adminPassword = builder.AddGeneratedSecret("admin-password");
var tokenKey = builder.AddGeneratedSecret("token-key");
var paymentProviderKey = builder.AddGeneratedSecret("payment-provider-key");
var paymentWebhookSecret = builder.AddGeneratedSecret("payment-webhook-secret");

// Servers: one PostgreSQL with a database per service, RabbitMQ, Redis. A published model has a PostgreSQL per service.
var servers = builder.AddServers();
var authdb = servers.AddDatabase("authdb");
var catalogdb = servers.AddDatabase("catalogdb");
var inventorydb = servers.AddDatabase("inventorydb");
var ordersdb = servers.AddDatabase("ordersdb");
var paymentsdb = servers.AddDatabase("paymentsdb");
var notificationsdb = servers.AddDatabase("notificationsdb");
var recommendationsdb = servers.AddDatabase("recommendationsdb");
var searchdb = servers.AddDatabase("searchdb");
var messaging = servers.AddMessaging("messaging");
var cache = servers.AddCache("cache");

// Services: an arrow is what a service may call; what it waits for is what it cannot start without.
var auth = AddService<Projects.ShopFlow_Auth>("auth")
    .WithReference(authdb).WaitFor(authdb)
    .WithReference(messaging).WaitFor(messaging)
    .WithEnvironment("Auth__AdminPassword", adminPassword)
    .WithEnvironment("Auth__KeyEncryptionKey", tokenKey);

var catalog = AddService<Projects.ShopFlow_Catalog>("catalog")
    .WithFlags(Flag.CatalogFailure)
    .WithReference(catalogdb).WaitFor(catalogdb)
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(cache).WaitFor(cache)
    .WithReference(auth);

var inventory = AddService<Projects.ShopFlow_Inventory>("inventory")
    .WithReference(inventorydb).WaitFor(inventorydb)
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(auth);

var paymentSandbox = AddService<Projects.ShopFlow_PaymentSandbox>("payment-sandbox")
    .WithFlags(Flag.PaymentFailure, Flag.PaymentSlow)
    .WithExternalHttpEndpoints()
    .WithEnvironment("Sandbox__ProviderKey", paymentProviderKey)
    .WithEnvironment("Sandbox__WebhookSecret", paymentWebhookSecret)
    .WithEnvironment("Sandbox__DataDirectory", builder.SandboxDataDirectory());

var payments = AddService<Projects.ShopFlow_Payments>("payments")
    .WithReference(paymentsdb).WaitFor(paymentsdb)
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(paymentSandbox)
    .WithReference(auth)
    .WithEnvironment("Payments__ProviderKey", paymentProviderKey)
    .WithEnvironment("Payments__WebhookSecret", paymentWebhookSecret);

var cart = AddService<Projects.ShopFlow_Cart>("cart")
    .WithFlags(Flag.CartFailure)
    .WithReference(cache).WaitFor(cache)
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(catalog)
    .WithReference(auth);

var orders = AddService<Projects.ShopFlow_Orders>("orders")
    .WithFlags(Flag.GuestCheckout, Flag.Promotions)
    .WithReference(ordersdb).WaitFor(ordersdb)
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(catalog)
    .WithReference(cart)
    .WithReference(auth)
    .WithReplicas(2);

var notifications = AddService<Projects.ShopFlow_Notifications>("notifications")
    .WithFlags(Flag.NotificationsDown)
    .WithReference(notificationsdb).WaitFor(notificationsdb)
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(auth);

var recommendations = AddService<Projects.ShopFlow_Recommendations>("recommendations")
    .WithFlags(Flag.RecommendationsOff)
    .WithReference(recommendationsdb).WaitFor(recommendationsdb)
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(catalog)
    .WithReference(auth);

var search = AddService<Projects.ShopFlow_Search>("search")
    .WithFlags(Flag.SearchSlow)
    .WithReference(searchdb).WaitFor(searchdb)
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(catalog)
    .WithReference(auth);

// The shop opens when all of it is there. Later it may lack any of them: what needs it is refused or done without.
var gateway = AddService<Projects.ShopFlow_Gateway>("gateway", builder.GatewayPort())
    .WithReference(auth).WaitFor(auth)
    .WithReference(catalog).WaitFor(catalog)
    .WithReference(inventory).WaitFor(inventory)
    .WithReference(cart).WaitFor(cart)
    .WithReference(orders).WaitFor(orders)
    .WithReference(payments).WaitFor(payments)
    .WithReference(notifications).WaitFor(notifications)
    .WithReference(recommendations).WaitFor(recommendations)
    .WithReference(search).WaitFor(search)
    .WithReference(cache)
    .WithLocalRateLimits()
    .WithLocalHttps()
    .WithExternalHttpEndpoints()
    .WithReplicas(2)
    .WithUrlForEndpoint("http", endpoint => new() { Url = "/docs", DisplayText = "API documentation" });

// Metrics are no business of the internet: the one public service answers them on a port of its own.
gateway.WithHttpEndpoint(name: "management")
    .WithEnvironment("Gateway__ManagementPort", gateway.GetEndpoint("management").Property(EndpointProperty.TargetPort));

// The provider tells the shop of challenges as anybody would: through the gateway.
paymentSandbox.WithEnvironment("Sandbox__WebhookUrl", ReferenceExpression.Create($"{gateway.GetEndpoint("http")}/payments/webhooks"));

notifications.WithMail(gateway);

builder.AddRunRecorder();
builder.Build().Run();

// What every service has: one HTTP endpoint, a readiness check that its dependants and the dashboard go by, and its own say in which traces
// are recorded (ServiceDefaults' TraceBudget): all of them, as Aspire has it in development, cost more under load than the work they show.
IResourceBuilder<ProjectResource> AddService<TProject>(string name, int? port = null) where TProject : IProjectMetadata, new() =>
    builder.AddProject<TProject>(name)
        .WithHttpEndpoint(port)
        .WithHttpHealthCheck("/health/ready")
        .WithEnvironment("Flags__File", builder.FlagsFile())
        .WithEnvironment(context => context.EnvironmentVariables.Remove("OTEL_TRACES_SAMPLER"));
