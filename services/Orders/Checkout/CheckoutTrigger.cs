namespace ShopFlow.Orders.Checkout;

/// <summary>What moves a checkout.</summary>
internal enum CheckoutTrigger
{
    StockReserved,

    /// <summary>The goods of an order that costs nothing are reserved.</summary>
    StockReservedForFree,
    StockRejected,
    ChallengeRequired,
    PaymentCaptured,
    PaymentDeclined,
    DeadlinePassed,
    ShopperCancelled,
}
