namespace ShopFlow.Catalog.Pricing;

/// <summary>Which variants are asked for: by SKU, or by product for the product's first variant.</summary>
internal sealed record PriceQuestion(IReadOnlyList<string>? Skus, IReadOnlyList<string>? ProductIds, string? Currency);
