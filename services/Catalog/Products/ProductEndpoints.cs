using ShopFlow.Catalog.Caching;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Products;

internal static class ProductEndpoints
{
    /// <summary>Caches on the way may answer for this long; prices at checkout never come from there.</summary>
    private const string BrieflyCacheable = "public, max-age=2";

    public static void MapProductReads(this IEndpointRouteBuilder products)
    {
        products.MapGet("/", ListAsync).WithName("ListProducts").Produces<ProductList>().ProducesValidationProblem();
        products.MapGet("/{id}", GetAsync).WithName("GetProduct").Produces<ProductDetail>().ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(
        ResponseCache cache, CancellationToken cancellationToken, int? limit = null, string? category = null, string? currency = null, string? next = null)
    {
        if (ProductQuery.TryParse(limit, category, currency, next, out var query) is { } invalid)
            return invalid;

        var answer = await cache.GetAsync(
            query.CacheKey, Dependence.ProductsAndStock, (db, token) => ProductPages.MakeAsync(db, query, token), cancellationToken);
        return new CachedResult(answer!.Value, BrieflyCacheable);
    }

    private static async Task<IResult> GetAsync(string id, ResponseCache cache, CancellationToken cancellationToken, string? currency = null)
    {
        if (ProductQuery.TryParse(null, null, currency, null, out var query) is { } invalid)
            return invalid;

        var answer = Guid.TryParse(id, out var productId)
            ? await cache.GetAsync(
                $"product:{productId:N}:{query.Currency}",
                Dependence.ProductsAndStock,
                (db, token) => ProductDetails.MakeAsync(db, productId, query.Currency, token),
                cancellationToken)
            : null;

        return answer is { } product ? new CachedResult(product, BrieflyCacheable) : Problems.NotFound($"There is no product {id}.");
    }
}
