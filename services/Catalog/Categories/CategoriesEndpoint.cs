using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Catalog.Caching;
using ShopFlow.Catalog.Data;

namespace ShopFlow.Catalog.Categories;

internal static class CategoriesEndpoint
{
    public static void MapCategories(this IEndpointRouteBuilder app) =>
        app.MapGet("/categories", ListAsync).WithName("ListCategories").WithTags("Categories").Produces<CategoryList>();

    private static async Task<IResult> ListAsync(ResponseCache cache, CancellationToken cancellationToken)
    {
        var answer = await cache.GetAsync("categories", Dependence.Products, MakeAsync, cancellationToken);
        return new CachedResult(answer!.Value, "public, max-age=60");
    }

    private static async Task<CachedResponse?> MakeAsync(CatalogDbContext db, CancellationToken cancellationToken)
    {
        var categories = await db.Categories.AsNoTracking()
            .OrderBy(category => category.Position).ThenBy(category => category.Slug)
            .ToListAsync(cancellationToken);
        var byParent = categories.ToLookup(category => category.ParentSlug);

        var list = new CategoryList(Below(null));
        return CachedResponse.Create(JsonSerializer.SerializeToUtf8Bytes(list, CatalogJson.Default.CategoryList), MediaTypes.Json);

        IReadOnlyList<CategoryNode> Below(string? parent) =>
            [.. byParent[parent].Select(category => new CategoryNode(category.Slug, category.Name, Below(category.Slug)))];
    }
}
