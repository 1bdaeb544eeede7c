namespace ShopFlow.PaymentSandbox.Ledger;

internal enum LedgerEntryKind
{
    Authorised,
    Declined,
    Captured,
    Voided,
    Refunded,
}
