namespace ShopFlow.Orders.Data;

/// <summary>One SKU of an order, as it was sold.</summary>
internal sealed class OrderedItem
{
    public Guid OrderId { get; init; }

    /// <summary>From 0, in the order that the shopper gave.</summary>
    public required int Position { get; init; }

    public required string Sku { get; init; }

    public required string ProductId { get; init; }

    public required string Name { get; init; }

    public required int Quantity { get; init; }

    /// <summary>Minor units of the order's currency.</summary>
    public required long UnitPrice { get; init; }
}
