using ShopFlow.Catalog.Data;

namespace ShopFlow.Catalog.Products;

internal sealed record ProductDetail(
    Guid Id,
    string Slug,
    string Name,
    string Brand,
    string Description,
    string Category,
    string TaxClass,
    ProductStatus Status,
    decimal Price,
    string Currency,
    string ImageUrl,
    IReadOnlyList<string> Options,
    IReadOnlyList<VariantDetail> Variants);
