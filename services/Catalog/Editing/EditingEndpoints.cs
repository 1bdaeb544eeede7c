using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Catalog.Caching;
using ShopFlow.Catalog.Data;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Editing;

/// <summary>What an admin does to products. An edit names the version it is based on in If-Match, and fails with 412 when another came first.</summary>
internal static class EditingEndpoints
{
    public static void MapEditing(this IEndpointRouteBuilder products)
    {
        var admin = products.MapGroup("/").RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

        admin.MapPost("/", CreateAsync).WithName("CreateProduct").ProducesProblem(StatusCodes.Status409Conflict);

        var existing = admin.MapGroup("/{id:guid}")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired);

        existing.MapPut("/", ReplaceAsync).WithName("ReplaceProduct");
        existing.MapPost("/archive", ArchiveAsync).WithName("ArchiveProduct");
        existing.MapPost("/restore", RestoreAsync).WithName("RestoreProduct");
    }

    private static async Task<Results<Created<EditedProduct>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        ProductForm form, CatalogDbContext db, CatalogGeneration generation, TimeProvider time, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await form.CheckAsync(db, cancellationToken) is { } invalid)
            return invalid;

        var product = form.ToProduct(time.GetUtcNow());
        db.Products.Add(product);

        if (await SaveAsync(db, generation, product, [], cancellationToken) is { } conflict)
            return conflict;

        return TypedResults.Created($"/products/{product.Id}", Edited(product, response));
    }

    private static async Task<Results<Ok<EditedProduct>, ValidationProblem, ProblemHttpResult>> ReplaceAsync(
        Guid id,
        ProductForm form,
        CatalogDbContext db,
        CatalogGeneration generation,
        TimeProvider time,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!ProductVersion.TryRead(context.Request, out var version))
            return VersionRequired();

        if (await form.CheckAsync(db, cancellationToken) is { } invalid)
            return invalid;

        if (await FindAsync(db, id, version, cancellationToken) is not { } product)
            return NoSuchProduct(id);

        var formerSkus = product.Variants.ConvertAll(variant => variant.Sku);
        form.ApplyTo(product, time.GetUtcNow());

        if (await SaveAsync(db, generation, product, formerSkus, cancellationToken) is { } conflict)
            return conflict;

        return TypedResults.Ok(Edited(product, context.Response));
    }

    private static Task<Results<Ok<EditedProduct>, ProblemHttpResult>> ArchiveAsync(
        Guid id, CatalogDbContext db, CatalogGeneration generation, TimeProvider time, HttpContext context, CancellationToken cancellationToken) =>
        SetStatusAsync(ProductStatus.Archived, id, db, generation, time, context, cancellationToken);

    private static Task<Results<Ok<EditedProduct>, ProblemHttpResult>> RestoreAsync(
        Guid id, CatalogDbContext db, CatalogGeneration generation, TimeProvider time, HttpContext context, CancellationToken cancellationToken) =>
        SetStatusAsync(ProductStatus.Active, id, db, generation, time, context, cancellationToken);

    private static async Task<Results<Ok<EditedProduct>, ProblemHttpResult>> SetStatusAsync(
        ProductStatus status,
        Guid id,
        CatalogDbContext db,
        CatalogGeneration generation,
        TimeProvider time,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!ProductVersion.TryRead(context.Request, out var version))
            return VersionRequired();

        if (await FindAsync(db, id, version, cancellationToken) is not { } product)
            return NoSuchProduct(id);

        product.Status = status;
        product.ChangedAt(time.GetUtcNow());

        if (await SaveAsync(db, generation, product, [], cancellationToken) is { } conflict)
            return conflict;

        return TypedResults.Ok(Edited(product, context.Response));
    }

    /// <summary>Index: pk_products. The version seen by the editor becomes a condition of the update.</summary>
    private static async Task<Product?> FindAsync(CatalogDbContext db, Guid id, uint version, CancellationToken cancellationToken)
    {
        var product = await db.Products
            .Include(known => known.Variants).ThenInclude(variant => variant.Prices)
            .SingleOrDefaultAsync(known => known.Id == id, cancellationToken);

        if (product is not null)
            db.Entry(product).Property(known => known.Version).OriginalValue = version;

        return product;
    }

    /// <summary>Saves the product together with the event that tells of it.</summary>
    private static async Task<ProblemHttpResult?> SaveAsync(
        CatalogDbContext db, CatalogGeneration generation, Product product, IEnumerable<string> formerSkus, CancellationToken cancellationToken)
    {
        var skus = product.Variants.Select(variant => variant.Sku).Union(formerSkus).ToList();
        db.Publish(new ProductsChanged([product.Id.ToString()], skus));

        try
        {
            await db.CommitEditAsync(generation, [product.Id], cancellationToken);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Problems.PreconditionFailed("The product was changed in the meantime. Read it again and repeat the edit.");
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { ConstraintName: "FK_products_categories_category_slug" })
        {
            return Problems.Conflict("category-deleted", $"The category {product.CategorySlug} was deleted in the meantime.");
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { ConstraintName: "ix_products_slug" })
        {
            return Problems.Conflict("slug-taken", $"Another product has the slug {product.Slug}.");
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { ConstraintName: "pk_variants" })
        {
            return Problems.Conflict("sku-taken", "Another product has one of these SKUs.");
        }
    }

    private static EditedProduct Edited(Product product, HttpResponse response)
    {
        response.Headers.ETag = $"\"{product.Version}\"";
        return new(product.Id, product.Slug, product.Status, product.Variants.ConvertAll(variant => variant.Sku));
    }

    private static ProblemHttpResult NoSuchProduct(Guid id) => Problems.NotFound($"There is no product {id}.");

    private static ProblemHttpResult VersionRequired() =>
        Problems.Create(StatusCodes.Status428PreconditionRequired, "if-match-required", "Send the product's ETag in If-Match.");
}
