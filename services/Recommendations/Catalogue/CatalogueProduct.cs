namespace ShopFlow.Recommendations.Catalogue;

/// <summary>
/// A product as lists of the catalogue show it. <c>Price</c>, the lowest of its variants', is in major units; null when it has none in
/// the currency.
/// </summary>
internal sealed record CatalogueProduct(
    Guid Id, string Name, string Category, decimal? Price, string Currency, string ImageUrl, IReadOnlyList<CatalogueVariant> Variants)
{
    /// <summary>It has a price, and catalog has last heard of stock of it.</summary>
    public bool IsForSale() => Price is not null && Variants.Any(variant => variant.Available > 0);
}
