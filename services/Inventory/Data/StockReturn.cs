namespace ShopFlow.Inventory.Data;

/// <summary>Sold units of one SKU that came back and are available again.</summary>
internal sealed class StockReturn
{
    public Guid ReturnId { get; init; }

    public required string Sku { get; init; }

    public Guid OrderId { get; init; }

    public int Quantity { get; init; }

    public DateTimeOffset At { get; init; }
}
