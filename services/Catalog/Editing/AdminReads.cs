using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Catalog.Data;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Editing;

/// <summary>What an admin sees: archived products too, and always the present state.</summary>
internal static class AdminReads
{
    private const int DefaultLimit = 20;
    private const int MaximumLimit = 100;
    private const int LongestQuery = 200;

    public static void MapAdminReads(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/", ListAsync).WithName("ListProductsForAdmins").ProducesValidationProblem();
        admin.MapGet("/{id:guid}", GetAsync).WithName("GetProductForAdmins").ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>
    /// Newest first: all, those of a status, those with the query in their name or slug, or as a SKU; <c>next</c> is the id of the last product of
    /// the page before. Index: pk_products.
    /// </summary>
    private static async Task<Results<Ok<AdminProductList>, ValidationProblem>> ListAsync(
        CatalogDbContext db, CancellationToken cancellationToken, int limit = DefaultLimit, ProductStatus? status = null, string? query = null, Guid? next = null)
    {
        var validator = new Validator();
        validator.Check(limit is >= 1 and <= MaximumLimit, "limit", $"must be from 1 to {MaximumLimit}");
        validator.Check(status is null || Enum.IsDefined(status.Value), "status", $"must be {string.Join(" or ", Enum.GetNames<ProductStatus>())}");
        validator.Check(query is null || Texts.IsLine(query, LongestQuery), "query", $"must have 1 to {LongestQuery} characters and no control characters");
        if (validator.Problem is { } invalid)
            return invalid;

        var matching = status is { } asked ? db.Products.Where(product => product.Status == asked) : db.Products;
        if (query is not null)
        {
            // pk_variants; of names and slugs it looks at every row, which administrators ask for seldom.
            var pattern = LikePattern.Containing(query);
            matching = matching.Where(product =>
                EF.Functions.ILike(product.Name, pattern, LikePattern.Escape)
                || EF.Functions.ILike(product.Slug, pattern, LikePattern.Escape)
                || db.Variants.Any(variant => variant.ProductId == product.Id && variant.Sku == query));
        }

        var total = await matching.CountAsync(cancellationToken);
        var rows = await matching
            .Where(product => next == null || product.Id < next)
            .OrderByDescending(product => product.Id)
            .Take(limit + 1)
            .Select(product => new AdminProductSummary(product.Id, product.Slug, product.Name, product.CategorySlug, product.Status, product.UpdatedAt))
            .ToListAsync(cancellationToken);

        var page = rows.Take(limit).ToList();
        return TypedResults.Ok(new AdminProductList(page, total, rows.Count > limit ? page[^1].Id : null));
    }

    private static async Task<Results<Ok<AdminProduct>, ProblemHttpResult>> GetAsync(
        Guid id, CatalogDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        var product = await db.Products.AsNoTracking()
            .Include(known => known.Variants).ThenInclude(variant => variant.Prices)
            .SingleOrDefaultAsync(known => known.Id == id, cancellationToken);
        if (product is null)
            return Problems.NotFound($"There is no product {id}.");

        response.Headers.ETag = $"\"{product.Version}\"";
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Describe(product));
    }

    private static AdminProduct Describe(Product product) =>
        new(
            product.Id,
            product.Slug,
            product.Name,
            product.Brand,
            product.Description,
            product.CategorySlug,
            product.TaxClass,
            product.Status,
            product.UpdatedAt,
            product.Options,
            [.. product.Variants.OrderBy(variant => variant.Position).Select(variant => Describe(product, variant))]);

    private static VariantForm Describe(Product product, Variant variant) =>
        new(
            variant.Sku,
            product.Options.Zip(variant.OptionValues).ToDictionary(option => option.First, option => option.Second),
            variant.WeightGrams,
            [.. variant.Prices
                .OrderBy(price => price.Currency)
                .Select(price => new PriceForm(new Money(price.Amount, price.Currency).ToDecimal(), price.Currency))]);
}
