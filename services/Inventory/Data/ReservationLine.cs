namespace ShopFlow.Inventory.Data;

internal sealed class ReservationLine
{
    public Guid OrderId { get; init; }

    public required string Sku { get; init; }

    public int Quantity { get; init; }
}
