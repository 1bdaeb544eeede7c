namespace ShopFlow.PaymentSandbox.Charges;

internal enum ChargeStatus
{
    Authorised,
    Declined,
    Captured,
    Voided,
}
