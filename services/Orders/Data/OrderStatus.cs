namespace ShopFlow.Orders.Data;

/// <summary>What a shopper is told of an order.</summary>
internal enum OrderStatus
{
    Pending,
    Confirmed,
    PartlyShipped,
    Shipped,
    Delivered,
    Cancelled,
    Returned,
}
