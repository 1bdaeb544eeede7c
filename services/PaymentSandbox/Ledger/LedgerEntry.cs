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

    /// <summary>Names the page where the shopper passes or fails the challenge; nobody can guess it.</summary>
    public string? ChallengeId { get; init; }

    /// <summary>The webhook that tells the shop of this entry, owed until it is <see cref="LedgerEntryKind.Notified"/>.</summary>
    public Guid? WebhookId { get; init; }
}
