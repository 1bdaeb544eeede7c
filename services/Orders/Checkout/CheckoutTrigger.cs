namespace ShopFlow.Orders.Checkout;

/// <summary>What moves a checkout.</summary>
internal enum CheckoutTrigger
{
    StockReserved,
    StockRejected,
    ChallengeRequired,
    PaymentCaptured,
    PaymentDeclined,
    DeadlinePassed,
    ShopperCancelled,
}
