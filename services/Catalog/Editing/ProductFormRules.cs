using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Catalog.Categories;
using ShopFlow.Catalog.Data;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Editing;

/// <summary>Checks a form as a whole, so that the admin sees everything that is wrong at once.</summary>
internal static partial class ProductFormRules
{
    public static readonly string[] TaxClasses = ["standard", "reduced", "zero"];

    public const int MostVariants = 100;

    private const int MostOptions = 3;
    private const int HeaviestGrams = 1_000_000;
    private const decimal DearestAmount = 100_000_000m;

    public static async Task<ValidationProblem?> CheckAsync(this ProductForm form, CatalogDbContext db, CancellationToken cancellationToken)
    {
        var validator = form.Check();
        var isUnknown = CategoryTree.IsSlug(form.Category) && !await db.Categories.AnyAsync(category => category.Slug == form.Category, cancellationToken);
        validator.Check(!isUnknown, "category", "must be the slug of a category");
        return validator.Problem;
    }

    /// <summary>Everything that can be said without the database.</summary>
    public static Validator Check(this ProductForm form)
    {
        var validator = new Validator();
        validator.Check(form.Slug is { Length: <= 120 } && SlugPattern.IsMatch(form.Slug), "slug", "must be words of a-z and 0-9 joined by hyphens, at most 120 characters");
        CheckText(validator, form.Name, "name", 200);
        CheckText(validator, form.Brand, "brand", 100);
        CheckText(validator, form.Description, "description", 4000);
        validator.Check(TaxClasses.Contains(form.TaxClass), "taxClass", $"must be one of {string.Join(", ", TaxClasses)}");

        validator.Check(CategoryTree.IsSlug(form.Category), "category", "must be the slug of a category");
        CheckOptions(validator, form.Options ?? []);
        CheckVariants(validator, form);
        return validator;
    }

    public static bool IsText(string? text, int longest) => !string.IsNullOrWhiteSpace(text) && Texts.IsLine(text, longest);

    private static void CheckText(Validator validator, string? text, string field, int longest) =>
        validator.Check(
            IsText(text, longest),
            field,
            $"is required, with at most {longest} characters and no control characters");

    private static void CheckOptions(Validator validator, IReadOnlyList<string> options)
    {
        validator.Check(options.Count <= MostOptions, "options", $"must be at most {MostOptions}");
        validator.Check(options.Distinct(StringComparer.OrdinalIgnoreCase).Count() == options.Count, "options", "must differ");

        for (var i = 0; i < options.Count; i++)
            CheckText(validator, options[i], $"options[{i}]", 40);
    }

    private static void CheckVariants(Validator validator, ProductForm form)
    {
        var variants = form.Variants ?? [];
        validator.Check(variants.Count is >= 1 and <= MostVariants, "variants", $"must be 1 to {MostVariants}");

        for (var i = 0; i < Math.Min(variants.Count, MostVariants); i++)
        {
            var field = $"variants[{i}]";
            if (validator.Check(variants[i] is not null, field, "must be an object"))
                CheckVariant(validator, variants[i], form.Options ?? [], field);
        }

        validator.Check(
            variants.Where(variant => variant?.Sku is not null).GroupBy(variant => variant.Sku).All(same => same.Count() == 1), "variants", "must have different SKUs");
    }

    private static void CheckVariant(Validator validator, VariantForm variant, IReadOnlyList<string> options, string field)
    {
        validator.Check(variant.Sku is not null && SkuPattern.IsMatch(variant.Sku), $"{field}.sku", "must have 2 to 40 of A-Z, 0-9 and hyphen");
        validator.Check(variant.Weight is >= 0 and <= HeaviestGrams, $"{field}.weight", $"must be 0 to {HeaviestGrams} grams");

        var given = variant.Options ?? new Dictionary<string, string>();
        validator.Check(
            given.Count == options.Count && options.All(option => option is not null && given.TryGetValue(option, out var value) && IsText(value, 40)),
            $"{field}.options",
            "must give each of the product's options a value of at most 40 characters");

        CheckPrices(validator, variant.Prices ?? [], $"{field}.prices");
    }

    private static void CheckPrices(Validator validator, IReadOnlyList<PriceForm> prices, string field)
    {
        var given = prices.Where(price => price?.Currency is not null).Select(price => price.Currency!).ToList();
        validator.Check(
            given.Count == prices.Count && given.Count == Currencies.Codes.Count && given.ToHashSet().SetEquals(Currencies.Codes),
            field,
            $"must be one each in {string.Join(", ", Currencies.Codes)}");

        for (var i = 0; i < Math.Min(prices.Count, Currencies.Codes.Count); i++)
        {
            var isAmount = prices[i] is { Amount: > 0 and <= DearestAmount } price
                && Currencies.Contains(price.Currency)
                && Money.IsExact(price.Amount.Value, price.Currency!);
            validator.Check(isAmount, $"{field}[{i}].amount", "must be more than 0, with no more digits than the currency has");
        }
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex SlugPattern { get; }

    [GeneratedRegex(@"^[A-Z0-9][A-Z0-9-]{1,39}\z")]
    private static partial Regex SkuPattern { get; }
}
