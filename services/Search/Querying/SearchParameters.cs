using Microsoft.AspNetCore.Mvc;

namespace ShopFlow.Search.Querying;

/// <summary>
/// The query string of GET /search. Options are filtered by <c>option.NAME=VALUE</c>, as in the list of products: values of one option are
/// alternatives, and one variant must match all options. Brands are alternatives too. Prices are in major units, compared with the lowest.
/// </summary>
internal sealed record SearchParameters(
    HttpRequest Request,
    [FromQuery(Name = "q")] string? Text = null,
    [FromQuery(Name = "limit")] int? Limit = null,
    [FromQuery(Name = "category")] string? Category = null,
    [FromQuery(Name = "brand")] string[]? Brands = null,
    [FromQuery(Name = "currency")] string? Currency = null,
    [FromQuery(Name = "minPrice")] decimal? MinPrice = null,
    [FromQuery(Name = "maxPrice")] decimal? MaxPrice = null,
    [FromQuery(Name = "inStock")] bool? InStock = null,
    [FromQuery(Name = "sort")] string? Sort = null,
    [FromQuery(Name = "next")] string? Next = null);
