using Microsoft.AspNetCore.Mvc;

namespace ShopFlow.Catalog.Products;

/// <summary>
/// The query string of GET /products. Options are filtered by <c>option.NAME=VALUE</c>, such as <c>option.Size=M</c>: values of one
/// option are alternatives, and one variant must match all options. Prices are in major units, compared with the product's lowest.
/// </summary>
internal sealed record ProductListParameters(
    HttpRequest Request,
    [FromQuery(Name = "limit")] int? Limit = null,
    [FromQuery(Name = "category")] string? Category = null,
    [FromQuery(Name = "currency")] string? Currency = null,
    [FromQuery(Name = "minPrice")] decimal? MinPrice = null,
    [FromQuery(Name = "maxPrice")] decimal? MaxPrice = null,
    [FromQuery(Name = "sort")] string? Sort = null,
    [FromQuery(Name = "next")] string? Next = null);
