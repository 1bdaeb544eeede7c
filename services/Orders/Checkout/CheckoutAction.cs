namespace ShopFlow.Orders.Checkout;

/// <summary>What the rest of the platform is told on a transition.</summary>
internal enum CheckoutAction
{
    None,
    RequestPayment,
    Confirm,

    /// <summary>Frees the stock, and stops the payment if it has not happened yet.</summary>
    Cancel,

    /// <summary>The money came too late and goes back.</summary>
    RequestRefund,
}
