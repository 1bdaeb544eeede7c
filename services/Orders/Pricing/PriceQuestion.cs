namespace ShopFlow.Orders.Pricing;

/// <summary>What catalog is asked: variants by SKU, or products for their first variant.</summary>
internal sealed record PriceQuestion(IReadOnlyList<string>? Skus, IReadOnlyList<string>? ProductIds, string Currency);
