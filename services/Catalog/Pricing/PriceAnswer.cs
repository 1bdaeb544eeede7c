namespace ShopFlow.Catalog.Pricing;

/// <summary>What is for sale of what was asked for; the rest is left out.</summary>
internal sealed record PriceAnswer(IReadOnlyList<VariantPrice> Prices);
