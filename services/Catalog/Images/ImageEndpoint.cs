using System.Text;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Catalog.Caching;
using ShopFlow.Catalog.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Images;

internal static class ImageEndpoint
{
    public static void MapImages(this IEndpointRouteBuilder app) =>
        app.MapGet("/images/{productId}.svg", GetAsync)
            .WithName("GetProductImage")
            .WithTags("Products")
            .Produces(StatusCodes.Status200OK, contentType: "image/svg+xml")
            .ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>Archived products keep their picture: old orders show it.</summary>
    private static async Task<IResult> GetAsync(string productId, ResponseCache cache, CancellationToken cancellationToken)
    {
        var answer = Guid.TryParse(productId, out var id)
            ? await cache.GetAsync($"image:{id:N}", Dependence.Products, (db, token) => MakeAsync(db, id, token), cancellationToken)
            : null;

        return answer is { } image ? new CachedResult(image, "public, max-age=3600") : Problems.NotFound($"There is no product {productId}.");
    }

    private static async Task<CachedResponse?> MakeAsync(CatalogDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var product = await db.Products
            .Where(known => known.Id == id)
            .Select(known => new { known.Name, known.Brand, known.CategorySlug })
            .SingleOrDefaultAsync(cancellationToken);

        return product is null
            ? null
            : CachedResponse.Create(Encoding.UTF8.GetBytes(ProductDrawing.Draw(id, product.Name, product.Brand, product.CategorySlug)), MediaTypes.Svg);
    }
}
