using System.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Catalog.Categories;
using ShopFlow.Catalog.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Feed;

/// <summary>
/// Whole products for services that index the catalogue: some of them after an event, or all, page by page in the order of their ids.
/// Read from the database, so an answer contains what was committed before the question. Not reachable through the gateway.
/// </summary>
internal static class InternalFeedEndpoints
{
    private const int MostProducts = 500;

    public static void MapInternalFeed(this IEndpointRouteBuilder app)
    {
        var feed = app.MapGroup("/internal/feed").ExcludeFromDescription();
        feed.MapPost("/", SomeAsync);
        feed.MapGet("/", PageAsync);
    }

    private static async Task<Results<Ok<FeedPage>, ValidationProblem>> SomeAsync(
        FeedQuestion question, CatalogDbContext db, CancellationToken cancellationToken)
    {
        if (question.Ids is not { Count: >= 1 and <= MostProducts } ids)
            return Problems.Invalid("ids", $"must be 1 to {MostProducts}");

        return TypedResults.Ok(new FeedPage(await ReadAsync(db, db.Products.Where(product => ids.Contains(product.Id)), cancellationToken), Next: null));
    }

    private static async Task<Results<Ok<FeedPage>, ValidationProblem>> PageAsync(
        CatalogDbContext db, CancellationToken cancellationToken, Guid? after = null, int limit = MostProducts)
    {
        if (limit is < 1 or > MostProducts)
            return Problems.Invalid("limit", $"must be from 1 to {MostProducts}");

        // Index: pk_products.
        var start = after ?? Guid.Empty;
        var page = db.Products.Where(product => product.Id > start).OrderBy(product => product.Id).Take(limit);
        var products = await ReadAsync(db, page, cancellationToken);
        return TypedResults.Ok(new FeedPage(products, products.Count == limit ? products[^1].Id : null));
    }

    private static async Task<List<FeedProduct>> ReadAsync(CatalogDbContext db, IQueryable<Product> asked, CancellationToken cancellationToken)
    {
        // Of one moment: a product may be moved, and the category that it was in be deleted.
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

        // Indexes: pk_products, ix_variants_product_id, pk_prices.
        var products = await asked.AsNoTracking()
            .Include(product => product.Variants).ThenInclude(variant => variant.Prices)
            .OrderBy(product => product.Id)
            .ToListAsync(cancellationToken);
        var categories = new CategoryTree(await db.Categories.AsNoTracking().ToListAsync(cancellationToken));
        return products.ConvertAll(product => Describe(product, categories));
    }

    private static FeedProduct Describe(Product product, CategoryTree categories) =>
        new(
            product.Id,
            product.Name,
            product.Brand,
            product.Description,
            [.. categories.PathTo(product.CategorySlug).Select(category => new FeedCategory(category.Slug, category.Name))],
            product.Status,
            product.UpdatedAt,
            product.Options,
            [.. product.Variants.OrderBy(variant => variant.Position).Select(Describe)]);

    private static FeedVariant Describe(Variant variant) =>
        new(variant.Sku, Variant.NameOf(variant.OptionValues), variant.OptionValues, variant.Prices.ToDictionary(price => price.Currency, price => price.Amount));
}
