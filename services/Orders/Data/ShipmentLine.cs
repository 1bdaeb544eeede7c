namespace ShopFlow.Orders.Data;

internal sealed class ShipmentLine
{
    public Guid ShipmentId { get; init; }

    /// <summary>Of the order's line.</summary>
    public required int Position { get; init; }

    public required string Sku { get; init; }

    public required int Quantity { get; init; }
}
