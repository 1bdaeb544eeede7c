using ShopFlow.Recommendations.Catalogue;

namespace ShopFlow.Recommendations.Reading;

/// <summary>What to show beside a product. No product is in it twice.</summary>
/// <param name="ProductId">The product asked about.</param>
/// <param name="BoughtTogether">Often in the same order, best first.</param>
/// <param name="Similar">Often looked at by the same visitors, best first.</param>
/// <param name="Popular">As many of the category's best sellers as the two lists together are short of the limit.</param>
internal sealed record RecommendationsOfProduct(
    Guid ProductId,
    IReadOnlyList<CatalogueProduct> BoughtTogether,
    IReadOnlyList<CatalogueProduct> Similar,
    IReadOnlyList<CatalogueProduct> Popular);
