namespace ShopFlow.Catalog.Products;

internal sealed record VariantSummary(string Sku, string Name, decimal Price, int Available);
