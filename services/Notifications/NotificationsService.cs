using OpenTelemetry.Metrics;
using ShopFlow.Contracts;
using ShopFlow.Flags;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;
using ShopFlow.Notifications.Delivering;
using ShopFlow.Notifications.Mail;
using ShopFlow.Notifications.Preferences;
using ShopFlow.Notifications.Reading;
using ShopFlow.Notifications.Sending;
using ShopFlow.Notifications.Webhooks;
using ShopFlow.Notifications.Writing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Notifications;

internal static class NotificationsService
{
    public static void AddNotifications(this IHostApplicationBuilder builder)
    {
        builder.AddPostgres<NotificationsDbContext>("notificationsdb");
        builder.AddMessaging<NotificationsDbContext>("messaging", messaging => messaging
            .HoldWhile(Flag.NotificationsDown)
            .Consume<OrderPlaced, NotifyOfPlacedOrder>()
            .Consume<OrderConfirmed, NotifyOfConfirmedOrder>()
            .Consume<OrderCancelled, NotifyOfCancelledOrder>()
            .Consume<OrderShipped, NotifyOfShippedOrder>()
            .Consume<OrderDelivered, NotifyOfDeliveredOrder>()
            .Consume<OrderRefunded, NotifyOfRefundedOrder>()
            .Consume<StockLow, NotifyOfLowStock>()
            .Consume<UserRegistered, WelcomeUser>()
            .Consume<PasswordResetRequested, NotifyOfPasswordReset>());

        builder.AddSettings<NotificationsOptions>("Notifications");
        builder.AddSettings<DeliveryOptions>("Notifications:Delivery");
        builder.AddSettings<MailOptions>(MailOptions.Section);
        builder.AddSettings<WebhookOptions>("Notifications:Webhooks");
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, NotificationsJsonContext.Default));

        builder.Services.AddScoped<NotificationWriter>();
        builder.Services.AddScoped<SendNotification>();
        builder.AddDelivering();
    }

    public static void MapNotifications(this WebApplication app)
    {
        var notifications = app.MapGroup("/notifications").RequireAuthorization().WithTags("Notifications");
        notifications.MapGet("/", ListNotifications.HandleAsync).WithName("ListNotifications");
        notifications.MapGet("/{userId:guid}", ListNotifications.OfUserAsync).WithName("ListNotificationsOfUser").ProducesProblem(StatusCodes.Status403Forbidden);
        notifications.MapPost("/send", SendNotification.HandleAsync).WithName("SendNotification").AuditAdministrators()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        notifications.MapPreferences();
        notifications.MapWebhooks();
        notifications.MapOwnDeliveries();

        app.MapAllDeliveries();
        app.MapMailPage();
    }

    private static void AddDelivering(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<MailComposer>();
        services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<MailOptions>().IsLocal
            ? ActivatorUtilities.CreateInstance<FolderTransport>(provider)
            : ActivatorUtilities.CreateInstance<SmtpTransport>(provider));
        services.AddSingleton<WebhookTransport>();

        services.AddScoped<DueDeliveries>();
        services.AddScoped<OutcomeTable>();
        services.AddSingleton<DeliveryRound>();
        services.AddSingleton<DeliveryTelemetry>();
        services.AddSingleton<DeliverySignal>();
        services.AddSingleton<DeliveryInterceptor>();
        services.ConfigureDbContext<NotificationsDbContext>(
            (provider, db) => db.AddInterceptors(provider.GetRequiredService<DeliveryInterceptor>()), ServiceLifetime.Singleton);
        services.AddScoped<ForgetOldRows>();
        services.AddHostedService<DeliveryWorker>();
        services.AddHostedService<DeliveryUpkeep>();
        services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(DeliveryTelemetry.MeterName));
    }
}
