namespace ShopFlow.Payments.Data;

/// <summary>The payment of one order. Its id is the idempotency key that the provider sees. Amounts are minor units.</summary>
internal sealed class Payment
{
    public Guid Id { get; init; }

    public Guid OrderId { get; init; }

    public required string UserId { get; init; }

    public long Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary>Name of the card at the provider; never a card number.</summary>
    public required string Method { get; init; }

    public PaymentState State { get; set; }

    /// <summary>The order was cancelled: don't take the money, or give it back.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>The provider's name of the charge.</summary>
    public string? Reference { get; set; }

    public string? DeclineReason { get; set; }

    /// <summary>The page where the shopper passes the challenge of the bank; kept after it.</summary>
    public string? ChallengeUrl { get; set; }

    public long Captured { get; set; }

    public long Refunded { get; set; }

    /// <summary>W3C trace context of the order that is paid: the worker goes on with its trace.</summary>
    public string? TraceParent { get; init; }

    public int Attempts { get; set; }

    /// <summary>When the next step is due; null once the payment is settled.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>PostgreSQL's xmin: whoever saves an older copy is told.</summary>
    public uint Version { get; init; }

    public bool IsSettled => State is not (PaymentState.Requested or PaymentState.Unknown or PaymentState.Challenged);
}
