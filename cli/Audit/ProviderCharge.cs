namespace ShopFlow.Cli.Audit;

/// <summary>A charge as the payment provider knows it; amounts in minor units.</summary>
internal sealed record ProviderCharge(string IdempotencyKey, string Status, string Currency, long Captured, long Refunded);

internal sealed record ProviderChargePage(IReadOnlyList<ProviderCharge> Payments, string? Next);
