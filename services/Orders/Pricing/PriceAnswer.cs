namespace ShopFlow.Orders.Pricing;

/// <summary>Catalog's answer: what isn't for sale in the currency is left out.</summary>
internal sealed record PriceAnswer(IReadOnlyList<VariantPrice> Prices);
