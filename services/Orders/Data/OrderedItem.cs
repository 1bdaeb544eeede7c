namespace ShopFlow.Orders.Data;

/// <summary>One SKU of an order, as it was sold, and what became of its pieces. Amounts are minor units of the order's currency.</summary>
internal sealed class OrderedItem
{
    public Guid OrderId { get; init; }

    /// <summary>From 0, in the order that the shopper gave.</summary>
    public required int Position { get; init; }

    public required string Sku { get; init; }

    public required string ProductId { get; init; }

    public required string Name { get; init; }

    public required int Quantity { get; init; }

    public required long UnitPrice { get; init; }

    public string TaxClass { get; init; } = "standard";

    /// <summary>Percent.</summary>
    public decimal TaxRate { get; init; }

    /// <summary>What promotions took off all pieces.</summary>
    public long Discount { get; init; }

    /// <summary>Of all pieces at what they cost; within the price or on top of it, as the order says.</summary>
    public long Tax { get; init; }

    /// <summary>Of one piece.</summary>
    public int WeightGrams { get; init; }

    /// <summary>Pieces in a parcel, shipped or not.</summary>
    public int Packed { get; set; }

    public int Shipped { get; set; }

    public int Delivered { get; set; }

    /// <summary>Pieces that the shopper wants to send back, undecided.</summary>
    public int Returning { get; set; }

    /// <summary>Pieces that came back.</summary>
    public int Returned { get; set; }

    public int RefundedQuantity { get; set; }

    public long RefundedAmount { get; set; }

    /// <summary>What of <see cref="RefundedAmount"/> is tax.</summary>
    public long RefundedTax { get; set; }

    public long Amount => UnitPrice * Quantity;

    /// <summary>What the shopper paid for the line.</summary>
    public long Paid(bool taxIncluded) => Amount - Discount + (taxIncluded ? 0 : Tax);
}
