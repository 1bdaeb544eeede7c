namespace ShopFlow.Orders.Data;

/// <summary>A parcel.</summary>
internal sealed class Shipment
{
    public required Guid Id { get; init; }

    public required Guid OrderId { get; init; }

    public ShipmentState State { get; set; }

    public string? Carrier { get; set; }

    public string? TrackingNumber { get; set; }

    public required DateTimeOffset PackedAt { get; init; }

    public DateTimeOffset? ShippedAt { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    public List<ShipmentLine> Lines { get; init; } = [];
}
