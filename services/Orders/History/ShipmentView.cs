using ShopFlow.Contracts;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.History;

internal sealed record ShipmentView(
    Guid Id,
    ShipmentState Status,
    string? Carrier,
    string? TrackingNumber,
    DateTimeOffset PackedAt,
    DateTimeOffset? ShippedAt,
    DateTimeOffset? DeliveredAt,
    IReadOnlyList<SkuQuantity> Lines)
{
    public static ShipmentView Of(Shipment shipment) => new(
        shipment.Id,
        shipment.State,
        shipment.Carrier,
        shipment.TrackingNumber,
        shipment.PackedAt,
        shipment.ShippedAt,
        shipment.DeliveredAt,
        [.. shipment.Lines.OrderBy(line => line.Position).Select(line => new SkuQuantity(line.Sku, line.Quantity))]);
}
