namespace ShopFlow.Payments.Data;

/// <summary>Money that goes back to the customer. Its id is the idempotency key that the provider sees. The amount is minor units.</summary>
internal sealed class Refund
{
    public Guid Id { get; init; }

    public Guid OrderId { get; init; }

    public long Amount { get; init; }

    public required string Currency { get; init; }

    public required string Reason { get; init; }

    public RefundState State { get; set; }

    /// <summary>What the provider said when it refused.</summary>
    public string? Failure { get; set; }

    public int Attempts { get; set; }

    /// <summary>When the next step is due; null once the refund is settled.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>PostgreSQL's xmin: whoever saves an older copy is told.</summary>
    public uint Version { get; init; }
}
