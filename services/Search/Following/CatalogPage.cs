using ShopFlow.Search.Index;

namespace ShopFlow.Search.Following;

/// <summary><c>Next</c> is where the next page begins; null on the last.</summary>
internal sealed record CatalogPage(IReadOnlyList<CatalogProduct> Products, Guid? Next);
