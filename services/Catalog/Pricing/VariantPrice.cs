namespace ShopFlow.Catalog.Pricing;

/// <summary><c>Price</c> is in minor units.</summary>
internal sealed record VariantPrice(string Sku, string ProductId, string Name, long Price, string Currency);
