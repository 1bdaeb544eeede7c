using ShopFlow.Catalog.Data;

namespace ShopFlow.Catalog.Editing;

/// <summary>A product as an admin edits it: the fields of a form, with every currency. Its version is in the ETag header.</summary>
internal sealed record AdminProduct(
    Guid Id,
    string Slug,
    string Name,
    string Brand,
    string Description,
    string Category,
    string TaxClass,
    ProductStatus Status,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<string> Options,
    IReadOnlyList<VariantForm> Variants);
