namespace ShopFlow.Orders.Data;

internal sealed class RefundLine
{
    public Guid RefundId { get; init; }

    /// <summary>Of the order's line.</summary>
    public required int Position { get; init; }

    public required int Quantity { get; init; }

    /// <summary>Minor units, tax and all.</summary>
    public required long Amount { get; init; }

    /// <summary>What of <see cref="Amount"/> is tax.</summary>
    public required long Tax { get; init; }
}
