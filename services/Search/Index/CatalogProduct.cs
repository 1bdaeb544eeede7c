namespace ShopFlow.Search.Index;

/// <summary>A product as the catalogue tells it to services that index it.</summary>
internal sealed record CatalogProduct(
    Guid Id,
    string Name,
    string Brand,
    string Description,
    IReadOnlyList<CatalogCategory> Categories,
    string Status,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<string> Options,
    IReadOnlyList<CatalogVariant> Variants)
{
    public bool IsActive => Status == "Active";
}
