namespace ShopFlow.Orders.Data;

internal enum ShipmentState
{
    Packed,
    Shipped,
    Delivered,
}
