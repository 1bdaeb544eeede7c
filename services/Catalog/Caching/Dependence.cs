namespace ShopFlow.Catalog.Caching;

/// <summary>What an answer shows, and so which changes make it old.</summary>
internal enum Dependence
{
    /// <summary>Products, prices, categories.</summary>
    Products,

    /// <summary>These and stock levels.</summary>
    ProductsAndStock,
}
