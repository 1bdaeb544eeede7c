namespace ShopFlow.Orders.Checkout;

/// <summary>What the rest of the platform is told on a transition.</summary>
internal enum CheckoutAction
{
    None,
    RequestPayment,
    Confirm,

    /// <summary>Frees the stock, and stops the payment if it has not happened yet.</summary>
    Cancel,

    /// <summary>Frees the stock of a paid order and gives the money back.</summary>
    CancelAndRefund,

    /// <summary>The money came too late and goes back.</summary>
    Refund,
}
