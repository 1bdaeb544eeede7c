namespace ShopFlow.PaymentSandbox.Ledger;

internal enum LedgerEntryKind
{
    Challenged,
    Authorised,
    Declined,
    Captured,
    Voided,
    Refunded,

    /// <summary>The webhook with this id has arrived, or was given up.</summary>
    Notified,
}
