namespace ShopFlow.Payments.Data;

internal enum LedgerKind
{
    Authorised,
    Captured,
    Voided,
    Refunded,
}
