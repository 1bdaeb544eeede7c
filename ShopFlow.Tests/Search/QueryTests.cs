using System.Net;
using System.Text.Json;

namespace ShopFlow.Tests.Search;

/// <summary>Queries over the seed catalogue.</summary>
public sealed class QueryTests(SearchUnderTest search) : IClassFixture<SearchUnderTest>
{
    [Fact]
    public async Task The_product_that_is_called_so_comes_first()
    {
        var found = await search.FoundAsync("q=oxford+shirt");

        Assert.Equal("Oxford Shirt", found[0]);
        Assert.Equal("Waffle Bath Towel", (await search.FoundAsync("q=BATH+towel+waffle"))[0]);
    }

    [Fact]
    public async Task A_misspelt_word_is_found_and_what_was_meant_is_told()
    {
        var answer = await search.SearchAsync("q=Gooseneck+ketle");

        Assert.Equal("Gooseneck Kettle 0.9 L", SearchUnderTest.NamesOf(answer)[0]);
        Assert.Equal("Gooseneck kettle", answer.GetProperty("didYouMean").GetString());
        Assert.Equal(JsonValueKind.Null, (await search.SearchAsync("q=kettle")).GetProperty("didYouMean").ValueKind);
    }

    [Fact]
    public async Task A_result_has_the_shape_of_a_list_of_products()
    {
        var product = (await search.SearchAsync("q=cast+iron+skillet&currency=jpy")).GetProperty("products")[0];

        Assert.Equal("cookware", product.GetProperty("category").GetString());
        Assert.Equal("Ironmere", product.GetProperty("brand").GetString());
        Assert.Equal(("JPY", 5080m), (product.GetProperty("currency").GetString(), product.GetProperty("price").GetDecimal()));
        Assert.Equal($"/images/{product.GetProperty("id").GetString()}.svg", product.GetProperty("imageUrl").GetString());
        var variant = product.GetProperty("variants")[1];
        Assert.Equal(("SKL-CI-26", "26 cm", 6480m, 0), (
            variant.GetProperty("sku").GetString(),
            variant.GetProperty("name").GetString(),
            variant.GetProperty("price").GetDecimal(),
            variant.GetProperty("available").GetInt32()));
    }

    [Fact]
    public async Task Without_a_text_everything_is_listed_and_with_nonsense_nothing()
    {
        Assert.Equal(SeedCatalogue.Products.Count, (await search.SearchAsync("")).GetProperty("total").GetInt32());
        Assert.Equal(0, (await search.SearchAsync("q=xyzzyqqq")).GetProperty("total").GetInt32());
        Assert.Equal(0, (await search.SearchAsync("q=the")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Facets_count_what_there_is()
    {
        var answer = await search.SearchAsync("q=shirt");
        var facets = answer.GetProperty("facets");

        Assert.Equal(answer.GetProperty("total").GetInt32(), facets.GetProperty("brands").EnumerateArray().Sum(brand => brand.GetProperty("count").GetInt32()));
        Assert.Equal(answer.GetProperty("total").GetInt32(), facets.GetProperty("prices").EnumerateArray().Sum(range => range.GetProperty("count").GetInt32()));
        var clothing = facets.GetProperty("categories").EnumerateArray().Single(category => category.GetProperty("slug").GetString() == "clothing");
        var tops = facets.GetProperty("categories").EnumerateArray().Single(category => category.GetProperty("slug").GetString() == "tops");
        Assert.True(clothing.GetProperty("count").GetInt32() >= tops.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Every_facet_gives_as_many_results_as_it_says()
    {
        var facets = (await search.SearchAsync("")).GetProperty("facets");

        foreach (var category in facets.GetProperty("categories").EnumerateArray())
            await CountsAsync(category, $"category={category.GetProperty("slug").GetString()}");
        foreach (var brand in facets.GetProperty("brands").EnumerateArray())
            await CountsAsync(brand, $"brand={Uri.EscapeDataString(brand.GetProperty("value").GetString()!)}");
        foreach (var option in facets.GetProperty("options").EnumerateArray())
        {
            foreach (var value in option.GetProperty("values").EnumerateArray())
                await CountsAsync(value, $"option.{option.GetProperty("name").GetString()}={Uri.EscapeDataString(value.GetProperty("value").GetString()!)}");
        }

        foreach (var range in facets.GetProperty("prices").EnumerateArray())
        {
            var to = range.GetProperty("to");
            await CountsAsync(range, $"minPrice={range.GetProperty("from")}{(to.ValueKind == JsonValueKind.Null ? "" : $"&maxPrice={to}")}");
        }
    }

    [Fact]
    public async Task A_facet_is_not_narrowed_by_its_own_filter_but_by_the_others()
    {
        var all = BrandsOf(await search.SearchAsync("q=lamp"));
        var chosen = BrandsOf(await search.SearchAsync("q=lamp&brand=nordlys"));
        var cheap = BrandsOf(await search.SearchAsync("q=lamp&maxPrice=1"));

        Assert.True(all.Count > 1);
        Assert.Equal(all, chosen);
        Assert.Empty(cheap);
    }

    [Fact]
    public async Task Options_must_be_met_by_one_variant_and_values_of_one_are_alternatives()
    {
        var tee = "Heavyweight Organic T-Shirt";
        var tees = SeedCatalogue.Products.Single(product => product.Name == tee).Variants;
        Assert.Contains(tees, variant => variant.Name == "White / S");

        Assert.Contains(tee, await search.FoundAsync("q=organic&option.colour=white&option.size=s"));
        Assert.Contains(tee, await search.FoundAsync("q=organic&option.colour=black&option.colour=pink&option.size=m"));
        Assert.DoesNotContain(tee, await search.FoundAsync("q=organic&option.colour=pink&option.size=m"));
        Assert.Contains("Oxford Shirt", await search.FoundAsync("q=oxford&option.colour=white&option.size=xl"));
        Assert.DoesNotContain("Commuter Helmet", await search.FoundAsync("q=helmet&option.colour=petrol&option.size=xl"));
    }

    [Theory]
    [InlineData("price-asc")]
    [InlineData("price-desc")]
    [InlineData("name")]
    [InlineData("newest")]
    [InlineData("relevance")]
    public async Task Pages_follow_each_other_without_gaps_or_repetitions(string sort)
    {
        var query = $"q=steel&sort={sort}&currency=EUR";
        var whole = (await search.SearchAsync($"{query}&limit=100")).GetProperty("products").EnumerateArray().ToList();

        var paged = new List<string>();
        string? next = "";
        while (next is not null)
        {
            var page = await search.SearchAsync($"{query}&limit=3&next={next}");
            paged.AddRange(SearchUnderTest.NamesOf(page));
            next = page.GetProperty("next").GetString();
        }

        Assert.True(whole.Count > 6);
        Assert.Equal(whole.Select(product => product.GetProperty("name").GetString()), paged);
        AssertSorted(whole, sort);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("currency=XXX", "currency")]
    [InlineData("minPrice=-1", "minPrice")]
    [InlineData("minPrice=cheap", "minPrice")]
    [InlineData("minPrice=5&maxPrice=4", "minPrice")]
    [InlineData("maxPrice=1.001", "maxPrice")]
    [InlineData("maxPrice=1e999", "maxPrice")]
    [InlineData("sort=best", "sort")]
    [InlineData("next=abc", "next")]
    [InlineData("next=%00", "next")]
    [InlineData("brand=", "brand")]
    [InlineData("option.Size=", "option.Size")]
    [InlineData("option.a=1&option.b=1&option.c=1&option.d=1", "option")]
    [InlineData("inStock=perhaps", "inStock")]
    [InlineData("q=%00", "q")]
    public async Task Bad_input_is_refused_with_the_field(string query, string field) =>
        Assert.Equal([field], await (await search.Client.GetAsync($"/search?{query}")).WrongFieldsAsync());

    [Fact]
    public async Task Hostile_texts_are_answered()
    {
        Assert.Equal(["q"], await (await search.Client.GetAsync($"/search?q={new string('a', 201)}")).WrongFieldsAsync());
        foreach (var text in new[] { "%", "'; drop table products; --", "((((", "\ud83d\ude00", "a b c d e f g h i j k l m n o p", new string('z', 200), "-", "%FF%FE" })
            Assert.Equal(HttpStatusCode.OK, (await search.Client.GetAsync($"/search?q={Uri.EscapeDataString(text)}")).StatusCode);
    }

    [Fact]
    public async Task A_token_of_another_query_is_refused()
    {
        var next = (await search.SearchAsync("q=steel&limit=1")).GetProperty("next").GetString();

        Assert.Equal(["next"], await (await search.Client.GetAsync($"/search?q=oak&limit=1&next={next}")).WrongFieldsAsync());
        Assert.Equal(["next"], await (await search.Client.GetAsync($"/search?q=steel&sort=name&limit=1&next={next}")).WrongFieldsAsync());
    }

    private async Task CountsAsync(JsonElement facet, string filter) => Assert.True(
        facet.GetProperty("count").GetInt32() == (await search.SearchAsync(filter)).GetProperty("total").GetInt32(), $"?{filter} is counted as {facet}");

    private static Dictionary<string, int> BrandsOf(JsonElement answer) => answer.GetProperty("facets").GetProperty("brands")
        .EnumerateArray().ToDictionary(brand => brand.GetProperty("value").GetString()!, brand => brand.GetProperty("count").GetInt32());

    private static void AssertSorted(List<JsonElement> products, string sort)
    {
        var prices = products.ConvertAll(product => product.GetProperty("price").GetDecimal());
        var names = products.ConvertAll(product => product.GetProperty("name").GetString()!);
        var ids = products.ConvertAll(product => product.GetProperty("id").GetGuid());
        _ = sort switch
        {
            "price-asc" => Same(prices.Order(), prices),
            "price-desc" => Same(prices.OrderDescending(), prices),
            "name" => Same(names.Order(StringComparer.OrdinalIgnoreCase), names),
            "newest" => Same(ids.OrderDescending(), ids),
            _ => true,
        };

        static bool Same<T>(IEnumerable<T> expected, IEnumerable<T> actual)
        {
            Assert.Equal(expected, actual);
            return true;
        }
    }
}
