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

    /// <summary>What somebody wrote, and no event.</summary>
    Message,
}
