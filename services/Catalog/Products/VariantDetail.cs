namespace ShopFlow.Catalog.Products;

/// <summary><c>Weight</c> is in grams; <c>Options</c> maps the product's options to this variant's values.</summary>
internal sealed record VariantDetail(
    string Sku, string Name, IReadOnlyDictionary<string, string> Options, decimal Price, int Weight, int Available);
