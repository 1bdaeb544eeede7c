namespace ShopFlow.Catalog.Products;

/// <summary>
/// The query string of GET /products. Options are filtered by <c>option.NAME=VALUE</c>, such as <c>option.Size=M</c>: values of one
/// option are alternatives, and one variant must match all options. Prices are in major units, compared with the product's lowest.
/// </summary>
internal sealed record ProductListParameters(
    HttpRequest Request,
    int? Limit = null,
    string? Category = null,
    string? Currency = null,
    decimal? MinPrice = null,
    decimal? MaxPrice = null,
    string? Sort = null,
    string? Next = null);
