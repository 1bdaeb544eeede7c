using ShopFlow.Catalog.Data;
using ShopFlow.Catalog.Seeding;
using ShopFlow.Search.Index;

namespace ShopFlow.Tests.Search;

/// <summary>The seed catalogue as the catalogue tells it to the search.</summary>
internal static class SeedCatalogue
{
    private static readonly SeedFile File = SeedFile.Read();

    public static IReadOnlyList<CatalogProduct> Products { get; } = [.. File.Products.Select(Describe)];

    public static string SlugOf(Guid id) => File.Products.Single(product => product.Id == id).Slug;

    public static SearchIndex Index()
    {
        var index = new SearchIndex();
        index.Apply(Products.Select(product => (product, 1L)));
        return index;
    }

    private static CatalogProduct Describe(SeedProduct product) =>
        new(
            product.Id,
            product.Name,
            product.Brand,
            product.Description,
            PathTo(product.Category, File.Categories)!,
            "Active",
            DateTimeOffset.UnixEpoch,
            product.Options,
            [.. product.Variants.Select(variant => Describe(variant, product.Options))]);

    private static CatalogVariant Describe(SeedVariant variant, string[] options)
    {
        string[] values = [.. options.Select(option => variant.Options[option])];
        return new(variant.Sku, Variant.NameOf(values), values, variant.Prices);
    }

    private static List<CatalogCategory>? PathTo(string slug, IEnumerable<SeedCategory> categories)
    {
        foreach (var category in categories)
        {
            CatalogCategory here = new(category.Slug, category.Name);
            if (category.Slug == slug)
                return [here];
            if (PathTo(slug, category.Children ?? []) is { } below)
                return [here, .. below];
        }

        return null;
    }
}
