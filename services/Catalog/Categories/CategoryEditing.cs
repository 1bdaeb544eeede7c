using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Catalog.Caching;
using ShopFlow.Catalog.Data;
using ShopFlow.Catalog.Editing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Categories;

/// <summary>
/// What an admin does to the tree. Edits of it go one after another, so that two moves, each harmless, can't make a cycle together.
/// Slugs never change: they are in links and in products.
/// </summary>
internal static class CategoryEditing
{
    private const int DeepestLevel = 6;
    private const int MostCategories = 1000;

    public static void MapCategoryEditing(this IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/categories").WithTags("Categories").RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);

        admin.MapPost("/", CreateAsync).WithName("CreateCategory");
        admin.MapPut("/{slug}", ChangeAsync).WithName("ChangeCategory").ProducesProblem(StatusCodes.Status404NotFound);
        admin.MapDelete("/{slug}", DeleteAsync).WithName("DeleteCategory").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<EditedCategory>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CategoryForm form, CatalogDbContext db, CatalogGeneration generation, CancellationToken cancellationToken)
    {
        var validator = new Validator();
        validator.Check(CategoryTree.IsSlug(form.Slug), "slug", "must be words of a-z and 0-9 joined by hyphens, at most 60 characters");
        CheckNameAndPosition(form, validator);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var tree = await LockAsync(db, cancellationToken);
        validator.Check(form.Parent is null || tree.Find(form.Parent) is not null, "parent", "must be the slug of a category, or null");
        if (validator.Problem is { } invalid)
            return invalid;

        if (tree.Find(form.Slug!) is not null)
            return Problems.Conflict("slug-taken", $"There is a category {form.Slug} already.");
        if (tree.Count >= MostCategories)
            return Problems.Conflict("too-many-categories", $"There are {MostCategories} categories, and more can't be kept.");
        if (tree.DepthOf(form.Parent) >= DeepestLevel)
            return TooDeep();

        var category = new Category
        {
            Slug = form.Slug!,
            Name = form.Name!,
            ParentSlug = form.Parent,
            Position = form.Position ?? tree.NextPositionBelow(form.Parent),
        };
        db.Categories.Add(category);
        await db.CommitEditAsync(generation, [], cancellationToken);
        return TypedResults.Created($"/products?category={category.Slug}", Edited(category));
    }

    /// <summary>Renames, moves, or both; what is below moves along.</summary>
    private static async Task<Results<Ok<EditedCategory>, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        string slug, CategoryForm form, CatalogDbContext db, CatalogGeneration generation, CancellationToken cancellationToken)
    {
        var validator = new Validator();
        validator.Check(form.Slug is null || form.Slug == slug, "slug", "can't be changed");
        CheckNameAndPosition(form, validator);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var tree = await LockAsync(db, cancellationToken);
        validator.Check(form.Parent is null || tree.Find(form.Parent) is not null, "parent", "must be the slug of a category, or null");
        if (validator.Problem is { } invalid)
            return invalid;

        if (tree.Find(slug) is not { } category)
            return NoSuchCategory(slug);
        if (tree.IsWithin(form.Parent, slug))
            return Problems.Conflict("category-cycle", $"{form.Parent} is {slug} itself or below it.");
        if (tree.DepthOf(form.Parent) + tree.HeightOf(slug) > DeepestLevel)
            return TooDeep();

        category.Position = form.Position ?? (category.ParentSlug == form.Parent ? category.Position : tree.NextPositionBelow(form.Parent));
        category.Name = form.Name!;
        category.ParentSlug = form.Parent;
        await db.CommitEditAsync(generation, [], cancellationToken);
        return TypedResults.Ok(Edited(category));
    }

    /// <summary>Only what is empty can go: neither categories below it nor products, archived ones included.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string slug, CatalogDbContext db, CatalogGeneration generation, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var tree = await LockAsync(db, cancellationToken);
        if (tree.Find(slug) is not { } category)
            return NoSuchCategory(slug);
        if (tree.HasChildren(slug))
            return NotEmpty(slug);

        db.Categories.Remove(category);
        try
        {
            await db.CommitEditAsync(generation, [], cancellationToken);
            return TypedResults.NoContent();
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            return NotEmpty(slug);
        }
    }

    /// <summary>The tree, which nobody else changes until the transaction ends.</summary>
    private static async Task<CategoryTree> LockAsync(CatalogDbContext db, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"LOCK TABLE categories IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
        return new(await db.Categories.ToListAsync(cancellationToken));
    }

    private static void CheckNameAndPosition(CategoryForm form, Validator validator)
    {
        validator.Check(ProductFormRules.IsText(form.Name, 100), "name", "is required, with at most 100 characters and no control characters");
        validator.Check(form.Position is null or (>= 0 and <= 10_000), "position", "must be from 0 to 10000");
    }

    private static EditedCategory Edited(Category category) => new(category.Slug, category.Name, category.ParentSlug, category.Position);

    private static ProblemHttpResult NoSuchCategory(string slug) => Problems.NotFound($"There is no category {slug}.");

    private static ProblemHttpResult NotEmpty(string slug) =>
        Problems.Conflict("category-not-empty", $"{slug} still has products, perhaps archived ones, or categories below it.");

    private static ProblemHttpResult TooDeep() => Problems.Conflict("category-too-deep", $"Categories can be nested {DeepestLevel} levels deep.");
}
