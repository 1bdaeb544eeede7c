using System.Globalization;
using System.Text.Json;

namespace ShopFlow.Tests.Catalog;

public sealed class FilterAndSortTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    [Theory]
    [InlineData("sort=newest", 7)]
    [InlineData("sort=name&category=clothing", 3)]
    [InlineData("sort=price-asc", 4)]
    [InlineData("sort=price-desc&category=home-kitchen&currency=JPY", 4)]
    [InlineData("sort=price-asc&minPrice=20&maxPrice=80.50", 3)]
    [InlineData("sort=name&option.Size=M", 2)]
    public async Task Paging_by_any_sort_and_filter_reaches_every_product_once_and_in_order(string query, int limit)
    {
        var whole = await catalog.GetAsync($"/products?{query}&limit=100");
        var pages = await PagesAsync($"{query}&limit={limit}");

        Assert.NotEmpty(pages);
        Assert.Equal(Ids(whole), pages.Select(Id));
        Assert.Equal(pages.Count, whole.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Sorts_do_what_their_names_say()
    {
        AssertOrdered(await catalog.ProductsAsync("limit=100&sort=price-asc"), Price);
        AssertOrdered(Enumerable.Reverse(await catalog.ProductsAsync("limit=100&sort=price-desc")), Price);
        AssertOrdered(await catalog.ProductsAsync("limit=100&sort=name"), product => product.GetProperty("name").GetString()!.ToLowerInvariant(), StringComparer.Ordinal);
        AssertOrdered(Enumerable.Reverse(await catalog.ProductsAsync("limit=100&sort=newest")), Id, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_price_range_includes_its_bounds()
    {
        var prices = (await catalog.ProductsAsync("limit=100")).Select(Price).Order().ToList();
        var (lowest, highest) = (prices[5], prices[^5]);

        var found = await catalog.ProductsAsync(string.Create(CultureInfo.InvariantCulture, $"limit=100&minPrice={lowest}&maxPrice={highest}"));

        Assert.Equal(prices.Where(price => price >= lowest && price <= highest), found.Select(Price).Order());
    }

    [Fact]
    public async Task Options_are_matched_by_one_variant_whatever_the_case_and_values_are_alternatives()
    {
        var (red, blue) = (ProductForms.NewSku(), ProductForms.NewSku());
        await catalog.SendAsync(HttpMethod.Post, "/products", TwoOptions(red, "M", "Zinnober"));
        await catalog.SendAsync(HttpMethod.Post, "/products", TwoOptions(blue, "L", "Kobalt"));

        Assert.Equal([red], await SkusAsync("option.Colour=zinnober"));
        Assert.Equal([red], await SkusAsync("option.COLOUR=Zinnober&option.size=M"));
        Assert.Empty(await SkusAsync("option.Colour=Zinnober&option.Size=L"));
        Assert.Equal(new[] { red, blue }.Order(), (await SkusAsync("option.Colour=Zinnober&option.Colour=Kobalt")).Order());
    }

    [Fact]
    public async Task An_edit_moves_a_product_in_the_lists_by_price()
    {
        var sku = ProductForms.NewSku();
        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Kettle", 1m, sku));
        Assert.Equal(sku, Sku((await catalog.ProductsAsync("sort=price-asc&limit=1"))[0]));

        var edited = await catalog.SendAsync(
            HttpMethod.Put, created.Headers.Location!.ToString(), ProductForms.Kettle("Kettle", 99_000m, sku), created.Headers.ETag!.ToString());
        Assert.Equal(sku, Sku((await catalog.ProductsAsync("sort=price-desc&limit=1"))[0]));

        await catalog.SendAsync(HttpMethod.Post, $"{created.Headers.Location}/archive", eTag: edited.Headers.ETag!.ToString());
        Assert.DoesNotContain(sku, (await catalog.ProductsAsync("sort=price-desc&limit=100")).Select(Sku));
    }

    [Fact]
    public async Task A_token_stays_valid_when_the_product_it_names_is_gone()
    {
        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("A a first name"));
        var next = (await catalog.GetAsync("/products?sort=name&limit=1")).GetProperty("next").GetString();
        await catalog.SendAsync(HttpMethod.Post, $"{created.Headers.Location}/archive", eTag: created.Headers.ETag!.ToString());

        var after = await catalog.ProductsAsync($"sort=name&limit=1&next={next}");

        Assert.Equal(Id((await catalog.ProductsAsync("sort=name&limit=1"))[0]), Id(after[0]));
    }

    [Theory]
    [InlineData("sort=cheapest", "sort")]
    [InlineData("minPrice=-1", "minPrice")]
    [InlineData("minPrice=1e400", "minPrice")]
    [InlineData("minPrice=cheap", "minPrice")]
    [InlineData("maxPrice=1.005", "maxPrice")]
    [InlineData("maxPrice=10.5&currency=JPY", "maxPrice")]
    [InlineData("minPrice=10&maxPrice=5", "minPrice")]
    [InlineData("minPrice=99999999999999999999999999", "minPrice")]
    [InlineData("option.=M", "option.")]
    [InlineData("option.Size=%00", "option.Size")]
    [InlineData("option.Size=", "option.Size")]
    [InlineData("option.A=1&option.B=1&option.C=1&option.D=1", "option")]
    public async Task A_wrong_parameter_is_named(string query, string field) =>
        Assert.Equal([field], await (await catalog.Client.GetAsync($"/products?{query}")).WrongFieldsAsync());

    [Fact]
    public async Task A_token_of_another_list_is_refused()
    {
        var next = (await catalog.GetAsync("/products?sort=price-asc&limit=1")).GetProperty("next").GetString();

        string[] others = ["sort=name", "sort=price-desc", "sort=price-asc&category=clothing", "sort=price-asc&currency=JPY", "sort=price-asc&option.Size=M"];
        foreach (var other in others)
            Assert.Equal(["next"], await (await catalog.Client.GetAsync($"/products?{other}&next={next}")).WrongFieldsAsync());

        Assert.Equal(["next"], await (await catalog.Client.GetAsync($"/products?sort=price-asc&next={next}AAAA")).WrongFieldsAsync());
        Assert.Equal(["next"], await (await catalog.Client.GetAsync($"/products?next={new string('A', 5000)}")).WrongFieldsAsync());
    }

    private static object TwoOptions(string sku, string size, string colour) => new
    {
        slug = $"shirt-{Guid.NewGuid():N}",
        name = "Shirt",
        brand = "Brand",
        description = "A shirt for tests.",
        category = "tops",
        taxClass = "standard",
        options = new[] { "Size", "Colour" },
        variants = new[]
        {
            new { sku, options = new Dictionary<string, string> { ["Size"] = size, ["Colour"] = colour }, weight = 100, prices = ProductForms.Prices(10m) },
        },
    };

    private async Task<List<JsonElement>> PagesAsync(string query)
    {
        var products = new List<JsonElement>();
        for (var next = ""; next is not null;)
        {
            var page = await catalog.GetAsync($"/products?{query}&next={next}");
            products.AddRange(page.GetProperty("products").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }

        return products;
    }

    private async Task<List<string>> SkusAsync(string query) => [.. (await catalog.ProductsAsync(query)).Select(Sku)];

    private static IEnumerable<string> Ids(JsonElement page) => page.GetProperty("products").EnumerateArray().Select(Id);

    private static string Id(JsonElement product) => product.GetProperty("id").GetString()!;

    private static string Sku(JsonElement product) => product.GetProperty("variants")[0].GetProperty("sku").GetString()!;

    private static decimal Price(JsonElement product) => product.GetProperty("price").GetDecimal();

    private static void AssertOrdered<T>(IEnumerable<JsonElement> products, Func<JsonElement, T> key, IComparer<T>? comparer = null)
    {
        var keys = products.Select(key).ToList();
        Assert.NotEmpty(keys);
        Assert.Equal(keys.Order(comparer), keys);
    }
}
