namespace ShopFlow.Notifications.Data;

internal enum NotificationType
{
    Welcome,
    OrderPlaced,
    OrderConfirmed,
    OrderCancelled,
    OrderShipped,
    OrderDelivered,
    OrderRefunded,
    StockLow,
}
