namespace ShopFlow.Payments.Data;

/// <summary>One movement of money, or of a claim on it. Rows are only ever added. The amount is minor units.</summary>
internal sealed class LedgerEntry
{
    public Guid Id { get; init; }

    public Guid PaymentId { get; init; }

    public Guid OrderId { get; init; }

    public LedgerKind Kind { get; init; }

    public long Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary>Set for refunds.</summary>
    public Guid? RefundId { get; init; }

    public DateTimeOffset At { get; init; }
}
