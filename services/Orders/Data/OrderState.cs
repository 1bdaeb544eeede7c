namespace ShopFlow.Orders.Data;

/// <summary>What an order waits for, or how far it has come.</summary>
internal enum OrderState
{
    AwaitingStock,
    AwaitingPayment,

    /// <summary>The shopper's bank wants to see the shopper.</summary>
    AwaitingChallenge,

    /// <summary>Paid, and nothing of it has left the house.</summary>
    Confirmed,
    PartlyShipped,
    Shipped,
    Delivered,
    Cancelled,
    Returned,
}
