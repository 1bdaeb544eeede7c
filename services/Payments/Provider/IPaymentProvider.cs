namespace ShopFlow.Payments.Provider;

/// <summary>
/// A card network. Every call names the charge by the shop's own key and is idempotent by it, so that a call whose answer was
/// lost can be followed by a question and, where the provider knows nothing, by the same call. Amounts are minor units.
/// </summary>
/// <remarks>
/// Each call throws <see cref="OutcomeUnknownException"/> when there is no answer to rely on, and
/// <see cref="ProviderRefusedException"/> when the state of the charge does not allow it.
/// </remarks>
internal interface IPaymentProvider
{
    /// <summary>What the provider knows about a key; null if it has never heard of it.</summary>
    Task<ProviderCharge?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Asks the card for the money, and with <paramref name="capture"/> takes it in the same call if the card agrees.</summary>
    Task<ProviderCharge> AuthoriseAsync(string key, long amount, string currency, string method, bool capture, CancellationToken cancellationToken);

    Task<ProviderCharge> CaptureAsync(string key, CancellationToken cancellationToken);

    Task<ProviderCharge> VoidAsync(string key, CancellationToken cancellationToken);

    Task<ProviderCharge> RefundAsync(string key, string refundKey, long amount, CancellationToken cancellationToken);
}
