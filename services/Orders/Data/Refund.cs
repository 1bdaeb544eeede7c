namespace ShopFlow.Orders.Data;

/// <summary>Money that goes back. Amounts are minor units of the order's currency.</summary>
internal sealed class Refund
{
    public required Guid Id { get; init; }

    public required Guid OrderId { get; init; }

    public required long Amount { get; init; }

    /// <summary>What of <see cref="Amount"/> is tax.</summary>
    public required long Tax { get; init; }

    /// <summary>What of <see cref="Amount"/> is for shipping.</summary>
    public required long Shipping { get; init; }

    public required string Reason { get; init; }

    public RefundState State { get; set; }

    /// <summary>What the provider said when it refused.</summary>
    public string? Failure { get; set; }

    public required DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? SettledAt { get; set; }

    public List<RefundLine> Lines { get; init; } = [];
}
