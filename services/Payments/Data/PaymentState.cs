namespace ShopFlow.Payments.Data;

internal enum PaymentState
{
    /// <summary>Recorded; the provider has not been called, or the caller crashed before it could write down what came of it.</summary>
    Requested,

    /// <summary>The provider was called and gave no answer. It is asked again until it does.</summary>
    Unknown,

    /// <summary>The shopper's bank wants to see the shopper first. The provider is asked now and then whether it has.</summary>
    Challenged,

    Captured,

    Declined,

    /// <summary>The order was cancelled before money moved.</summary>
    Voided,
}
