namespace ShopFlow.Catalog.Seeding;

internal sealed record SeedProduct(
    Guid Id,
    string Slug,
    string Name,
    string Brand,
    string Category,
    string TaxClass,
    string Description,
    string[] Options,
    IReadOnlyList<SeedVariant> Variants);
