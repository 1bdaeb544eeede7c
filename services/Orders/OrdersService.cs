using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Checkout;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.Orders.Placing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders;

internal static class OrdersService
{
    public static void AddOrders(this IHostApplicationBuilder builder)
    {
        // A twin with the same Idempotency-Key fails to save, and that is handled; what isn't handled is logged where it ends.
        builder.AddPostgres<OrdersDbContext>("ordersdb", db => db.ConfigureWarnings(
            events => events.Log((CoreEventId.SaveChangesFailed, LogLevel.Debug))));
        builder.AddMessaging<OrdersDbContext>("messaging", messaging => messaging
            .Consume<StockReserved, StockReservedHandler>()
            .Consume<StockRejected, StockRejectedHandler>()
            .Consume<PaymentCaptured, PaymentCapturedHandler>()
            .Consume<PaymentDeclined, PaymentDeclinedHandler>()
            .Consume<PaymentRefunded, PaymentRefundedHandler>());

        var services = builder.Services;
        services.AddOptions<OrdersOptions>().BindConfiguration("Orders").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<OrdersOptions>>().Value);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, OrdersJsonContext.Default));

        services.AddHttpClient<CatalogPrices>(http => http.BaseAddress = new("http://catalog"));
        services.AddScoped<OrderPricing>();
        services.AddScoped<IdempotentOrders>();
        services.AddHostedService<IdempotencyCleanup>();

        services.AddScoped<CheckoutSaga>();
        services.AddHostedService<DeadlineSweeper>();

        services.AddSingleton<StatusFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<StatusFeed>());
    }

    public static void MapOrders(this WebApplication app)
    {
        var orders = app.MapGroup("/orders").RequireAuthorization().WithTags("Orders");
        orders.MapPost("/", PlaceOrder.HandleAsync).WithName("PlaceOrder");
        orders.MapGet("/", ListOrders.HandleAsync).WithName("ListOrders");
        orders.MapGet("/{id:guid}", GetOrder.HandleAsync).WithName("GetOrder");
        orders.MapGet("/{id:guid}/events", StatusStream.HandleAsync).WithName("FollowOrder").DisableRequestTimeout();
        orders.MapPost("/{id:guid}/cancel", CancelOrder.HandleAsync).WithName("CancelOrder");
    }
}
