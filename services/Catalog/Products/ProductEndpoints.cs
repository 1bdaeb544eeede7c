using ShopFlow.Catalog.Caching;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Products;

internal static class ProductEndpoints
{
    /// <summary>Caches on the way may answer for this long; prices at checkout never come from there.</summary>
    private const string BrieflyCacheable = "public, max-age=2";

    public static void MapProductReads(this IEndpointRouteBuilder products)
    {
        products.MapGet("/", ListAsync).WithName("ListProducts").Produces<ProductList>().ProducesValidationProblem();
        products.MapGet("/{id}", GetAsync).WithName("GetProduct").Produces<ProductDetail>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] ProductListParameters parameters, ResponseCache cache, ProductPages pages, CancellationToken cancellationToken)
    {
        if (ProductQuery.TryParse(parameters, out var query) is { } invalid)
            return invalid;

        var answer = await cache.GetAsync(
            query.CacheKey, Dependence.ProductsAndStock, (db, token) => pages.MakeAsync(db, query, token), cancellationToken);
        return new CachedResult(answer!.Value, BrieflyCacheable);
    }

    private static async Task<IResult> GetAsync(
        string id, ResponseCache cache, ProductDetails details, CancellationToken cancellationToken, string? currency = null)
    {
        if (!Currencies.TryRead(currency, out var code))
            return Problems.Invalid("currency", Currencies.Requirement);

        var answer = Guid.TryParse(id, out var productId)
            ? await cache.GetAsync(
                $"product:{productId:N}:{code}",
                Dependence.ProductsAndStock,
                (db, token) => details.MakeAsync(db, productId, code, token),
                cancellationToken)
            : null;

        return answer is { } product ? new CachedResult(product, BrieflyCacheable) : Problems.NotFound($"There is no product {id}.");
    }
}
