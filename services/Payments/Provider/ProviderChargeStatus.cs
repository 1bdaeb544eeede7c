namespace ShopFlow.Payments.Provider;

internal enum ProviderChargeStatus
{
    /// <summary>The shopper has to pass a challenge of the bank; then it is authorised or declined.</summary>
    RequiresAction,

    Authorised,
    Declined,
    Captured,
    Voided,
}
