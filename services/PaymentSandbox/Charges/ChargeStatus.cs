namespace ShopFlow.PaymentSandbox.Charges;

internal enum ChargeStatus
{
    /// <summary>The shopper has to pass a challenge.</summary>
    RequiresAction,

    Authorised,
    Declined,
    Captured,
    Voided,
}
