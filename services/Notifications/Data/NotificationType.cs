namespace ShopFlow.Notifications.Data;

internal enum NotificationType
{
    Welcome,
    PasswordReset,
    OrderPlaced,
    OrderConfirmed,
    OrderCancelled,
    OrderShipped,
    OrderDelivered,
    OrderRefunded,
    StockLow,
}
