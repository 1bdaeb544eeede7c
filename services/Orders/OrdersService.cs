using Microsoft.EntityFrameworkCore.Diagnostics;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Administration;
using ShopFlow.Orders.Checkout;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Fulfilment;
using ShopFlow.Orders.History;
using ShopFlow.Orders.Placing;
using ShopFlow.Orders.Pricing;
using ShopFlow.Orders.Promotions;
using ShopFlow.Orders.Refunds;
using ShopFlow.Orders.Returns;
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
            .Consume<PaymentChallengeRequired, PaymentChallengeRequiredHandler>()
            .Consume<PaymentCaptured, PaymentCapturedHandler>()
            .Consume<PaymentDeclined, PaymentDeclinedHandler>()
            .Consume<PaymentRefunded, PaymentRefundedHandler>()
            .Consume<RefundRejected, RefundRejectedHandler>());

        builder.AddSettings<OrdersOptions>("Orders");
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, OrdersJsonContext.Default));
        services.AddGuestPolicies();

        AddPlacing(services);
        AddFulfilment(services);
        services.AddScoped<CheckoutSaga>();
        services.AddHostedService<DeadlineSweeper>();

        services.AddSingleton<StatusFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<StatusFeed>());
    }

    public static void MapOrders(this WebApplication app)
    {
        app.MapPost("/checkout/quote", QuoteCheckout.HandleAsync).RequireAuthorization(Policies.Anybody).WithTags("Checkout").WithName("QuoteCheckout");

        var orders = app.MapGroup("/orders").WithTags("Orders");
        orders.MapPost("/", PlaceOrder.HandleAsync).RequireAuthorization(Policies.Anybody).AuditAdministrators().WithName("PlaceOrder");
        app.MapPost("/order", PlaceSimpleOrder.HandleAsync).RequireAuthorization(Policies.Anybody).WithTags("Orders").WithName("PlaceSimpleOrder");
        app.MapPost("/create-order", PlaceSimpleOrder.HandleAsync).RequireAuthorization(Policies.Anybody).WithTags("Orders").WithName("CreateOrder");
        orders.MapGet("/", ListOrders.HandleAsync).RequireAuthorization().WithName("ListOrders");

        var order = orders.MapGroup("/{id:guid}").RequireAuthorization(GuestPolicies.KeyHolder);
        order.MapGet("/", GetOrder.HandleAsync).WithName("GetOrder");
        order.MapGet("/events", StatusStream.HandleAsync).WithName("FollowOrder").DisableRequestTimeout();
        order.MapPost("/cancel", CancelOrder.HandleAsync).AuditAdministrators().WithName("CancelOrder");
        order.MapPost("/returns", RequestReturn.HandleAsync).AuditAdministrators().WithName("RequestReturn");

        MapAdministration(app);
    }

    private static void MapAdministration(WebApplication app)
    {
        var admin = app.MapGroup("/admin").RequireAuthorization(Policies.Admin).WithTags("Administration");
        admin.MapGet("/rates", RatesApi.GetAsync).WithName("GetRates");
        admin.MapPut("/rates", RatesApi.PutAsync).WithName("PutRates");

        var promotions = admin.MapGroup("/promotions");
        promotions.MapPost("/", CreatePromotion.HandleAsync).WithName("CreatePromotion");
        promotions.MapGet("/", PromotionReading.ListAsync).WithName("ListPromotions");
        promotions.MapGet("/{id:guid}", PromotionReading.GetAsync).WithName("GetPromotion");
        promotions.MapPut("/{id:guid}", ChangePromotion.HandleAsync).WithName("ChangePromotion");
        promotions.MapPost("/{id:guid}/end", ChangePromotion.EndAsync).WithName("EndPromotion");

        admin.MapGet("/orders", ListAllOrders.HandleAsync).WithName("ListAllOrders");
        admin.MapGet("/orders/{id:guid}", GetOrderDetails.HandleAsync).WithName("GetOrderDetails");
        admin.MapGet("/refunds", ListRefunds.HandleAsync).WithName("ListRefunds");
        admin.MapPost("/orders/{id:guid}/refunds", RefundOrder.HandleAsync).WithName("RefundOrder");

        var shipments = admin.MapGroup("/orders/{id:guid}/shipments");
        shipments.MapPost("/", PackShipment.HandleAsync).WithName("PackShipment");
        shipments.MapDelete("/{shipmentId:guid}", MoveShipment.UnpackAsync).WithName("UnpackShipment");
        shipments.MapPost("/{shipmentId:guid}/ship", MoveShipment.ShipAsync).WithName("ShipShipment");
        shipments.MapPost("/{shipmentId:guid}/deliver", MoveShipment.DeliverAsync).WithName("DeliverShipment");

        var returns = admin.MapGroup("/orders/{id:guid}/returns/{returnId:guid}");
        returns.MapPost("/receive", DecideReturn.ReceiveAsync).WithName("ReceiveReturn");
        returns.MapPost("/reject", DecideReturn.RejectAsync).WithName("RejectReturn");
    }

    private static void AddPlacing(IServiceCollection services)
    {
        services.AddHttpClient<CatalogPrices>(http => http.BaseAddress = new("http://catalog"));
        services.AddHttpClient<Carts>(http => http.BaseAddress = new("http://cart"));
        services.AddScoped<Shopper>();
        services.AddScoped<GuestCheckout>();
        services.AddScoped<BasketPricing>();
        services.AddScoped<Quoting>();
        services.AddHostedService<IdempotencyCleanup>();

        services.AddSingleton<CurrentRates>();
        services.AddSingleton<CurrentPromotions>();
        services.AddScoped<Coupons>();
        services.AddScoped<PromotionSaving>();
        services.AddHostedService<PricingListener>();
    }

    private static void AddFulfilment(IServiceCollection services)
    {
        services.AddScoped<Refunding>();
        services.AddScoped<OrderChange>();
        services.AddScoped<PackShipment>();
        services.AddScoped<MoveShipment>();
        services.AddScoped<RequestReturn>();
        services.AddScoped<DecideReturn>();
        services.AddScoped<RefundOrder>();
    }
}
