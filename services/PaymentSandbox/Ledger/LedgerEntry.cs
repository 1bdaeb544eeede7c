namespace ShopFlow.PaymentSandbox.Ledger;

/// <summary>One line of the ledger: something that happened to the charge with this key. Amounts are minor units.</summary>
internal sealed record LedgerEntry(
    DateTimeOffset At,
    string Key,
    LedgerEntryKind Kind,
    long Amount,
    string Currency,
    string Method,
    string Reference)
{
    /// <summary>Why the card was declined.</summary>
    public string? Reason { get; init; }

    /// <summary>The caller's own key of a refund.</summary>
    public string? RefundKey { get; init; }
}
