namespace ShopFlow.Payments.Provider;

/// <summary>A charge as the provider sees it. Amounts are minor units.</summary>
/// <param name="Reference">The provider's name of it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="DeclineReason">Set when it was declined.</param>
/// <param name="ChallengeUrl">Set while the shopper has to go there.</param>
/// <param name="Authorised">What the card agreed to, whatever became of it.</param>
/// <param name="Captured">What was taken.</param>
/// <param name="Refunded">What of it went back.</param>
internal sealed record ProviderCharge(
    string Reference, ProviderChargeStatus Status, string? DeclineReason, string? ChallengeUrl, long Authorised, long Captured, long Refunded);
