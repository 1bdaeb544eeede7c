namespace ShopFlow.Orders.Checkout;

/// <summary>The words that clients see as the reason of a cancelled order.</summary>
internal static class CancellationReasons
{
    public const string OutOfStock = "OutOfStock";
    public const string PaymentDeclined = "PaymentDeclined";
    public const string StockTimeout = "StockTimeout";
    public const string PaymentTimeout = "PaymentTimeout";
    public const string CancelledByShopper = "CancelledByShopper";
}
