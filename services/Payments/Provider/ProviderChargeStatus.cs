namespace ShopFlow.Payments.Provider;

internal enum ProviderChargeStatus
{
    Authorised,
    Declined,
    Captured,
    Voided,
}
