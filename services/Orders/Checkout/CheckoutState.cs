namespace ShopFlow.Orders.Checkout;

/// <summary>What the checkout of an order waits for, or how it ended.</summary>
internal enum CheckoutState
{
    AwaitingStock,
    AwaitingPayment,
    Confirmed,
    Cancelled,
}
