namespace ShopFlow.Payments.Provider;

/// <summary>A charge as the provider sees it. Amounts are minor units.</summary>
internal sealed record ProviderCharge(string Reference, ProviderChargeStatus Status, string? DeclineReason, long Captured, long Refunded);
