using ShopFlow.Recommendations.Catalogue;

namespace ShopFlow.Recommendations.Reading;

/// <param name="Category">The slug asked for; null for the whole shop.</param>
/// <param name="Products">Best sellers first.</param>
internal sealed record PopularProducts(string? Category, IReadOnlyList<CatalogueProduct> Products);
