using ShopFlow.Contracts;
using ShopFlow.Flags;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;
using ShopFlow.Notifications.Reading;
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
            .Consume<UserRegistered, WelcomeUser>());

        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, NotificationsJsonContext.Default));
    }

    public static void MapNotifications(this WebApplication app) =>
        app.MapGroup("/notifications").RequireAuthorization().WithTags("Notifications")
            .MapGet("/", ListNotifications.HandleAsync).WithName("ListNotifications");
}
