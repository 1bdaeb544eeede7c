namespace ShopFlow.Catalog.Pricing;

/// <summary><c>Price</c> is in minor units; <c>Available</c> is what inventory last said, and no promise.</summary>
internal sealed record VariantPrice(
    string Sku, string ProductId, string Name, long Price, string Currency, string TaxClass, int WeightGrams, int Available, string ImageUrl);
