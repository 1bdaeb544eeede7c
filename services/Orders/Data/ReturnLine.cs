namespace ShopFlow.Orders.Data;

internal sealed class ReturnLine
{
    public Guid ReturnId { get; init; }

    /// <summary>Of the order's line.</summary>
    public required int Position { get; init; }

    public required string Sku { get; init; }

    public required int Quantity { get; init; }

    public int Received { get; set; }

    /// <summary>Pieces of <see cref="Received"/> that can be sold again.</summary>
    public int Restocked { get; set; }

    public int Rejected { get; set; }

    /// <summary>Why pieces were rejected, the last time.</summary>
    public string? RejectedBecause { get; set; }

    /// <summary>Pieces that nobody has decided about.</summary>
    public int Open => Quantity - Received - Rejected;
}
