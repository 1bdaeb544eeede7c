using ShopFlow.Catalog.Editing;

namespace ShopFlow.Catalog.Bulk;

/// <summary>A product as files have it: what an admin sends to create one, and its status. Files name products by slug.</summary>
internal sealed record BulkProduct(
    string? Slug,
    string? Name,
    string? Brand,
    string? Description,
    string? Category,
    string? TaxClass,
    string? Status,
    IReadOnlyList<string>? Options,
    IReadOnlyList<VariantForm>? Variants) : ProductForm(Slug, Name, Brand, Description, Category, TaxClass, Options, Variants);
