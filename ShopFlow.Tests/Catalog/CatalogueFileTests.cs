using ShopFlow.Catalog.Editing;
using ShopFlow.Catalog.Seeding;
using ShopFlow.Contracts;

namespace ShopFlow.Tests.Catalog;

public sealed class CatalogueFileTests
{
    private readonly SeedFile _file = SeedFile.Read();

    [Fact]
    public void There_is_enough_to_buy() => Assert.InRange(_file.Products.Count, 60, 200);

    [Fact]
    public void Ids_slugs_names_and_SKUs_are_unique()
    {
        AssertDistinct(_file.Products.Select(product => product.Id));
        AssertDistinct(_file.Products.Select(product => product.Slug));
        AssertDistinct(_file.Products.Select(product => product.Name));
        AssertDistinct(_file.Products.SelectMany(product => product.Variants).Select(variant => variant.Sku));
    }

    [Fact]
    public void Every_product_is_in_a_category_without_children()
    {
        var leaves = _file.Categories.SelectMany(category => category.Children!).Select(category => category.Slug).ToHashSet();

        Assert.All(_file.Products, product => Assert.Contains(product.Category, leaves));
        Assert.All(leaves, leaf => Assert.Contains(_file.Products, product => product.Category == leaf));
    }

    [Fact]
    public void Every_variant_has_a_price_in_every_currency_and_a_value_for_every_option()
    {
        foreach (var product in _file.Products)
        {
            Assert.Contains(product.TaxClass, ProductFormRules.TaxClasses);
            Assert.InRange(product.Variants.Count, 1, 6);
            AssertDistinct(product.Variants.Select(variant => string.Join('/', variant.Options.Values)));

            Assert.All(product.Variants, variant =>
            {
                Assert.Equal(Currencies.Codes.Order(), variant.Prices.Keys.Order());
                Assert.All(variant.Prices.Values, amount => Assert.True(amount > 0));
                Assert.Equal(product.Options, variant.Options.Keys);
                Assert.InRange(variant.Weight, 1, 50_000);
            });
        }
    }

    private static void AssertDistinct<T>(IEnumerable<T> values) where T : notnull => Assert.All(values.CountBy(value => value), count => Assert.Equal(1, count.Value));
}
