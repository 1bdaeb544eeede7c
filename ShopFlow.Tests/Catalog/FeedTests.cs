using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ShopFlow.Tests.Catalog;

/// <summary>What services that index the catalogue read.</summary>
public sealed class FeedTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    [Fact]
    public async Task All_products_are_told_page_by_page_each_of_them_once()
    {
        var ids = new List<Guid>();
        string? next = Guid.Empty.ToString();
        while (next is not null)
        {
            var page = await catalog.GetAsync($"/internal/feed?after={next}&limit=7");
            ids.AddRange(page.GetProperty("products").EnumerateArray().Select(product => product.GetProperty("id").GetGuid()));
            next = page.GetProperty("next").GetString();
        }

        var listed = await catalog.GetAsync("/products?limit=1");
        Assert.Equal(ids.Distinct().Order(), ids);
        Assert.True(ids.Count >= listed.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_product_is_told_with_its_categories_from_the_top_down_its_options_and_all_its_prices()
    {
        var id = (await catalog.ProductsAsync()).Single(product => product.GetProperty("name").GetString() == "Cast Iron Skillet").GetProperty("id").GetGuid();

        var product = Assert.Single((await AskAsync(id)).EnumerateArray());

        Assert.Equal(
            ["home-kitchen", "cookware"], product.GetProperty("categories").EnumerateArray().Select(category => category.GetProperty("slug").GetString()));
        Assert.Equal("Active", product.GetProperty("status").GetString());
        var variant = product.GetProperty("variants")[0];
        Assert.Equal("20 cm", variant.GetProperty("optionValues")[0].GetString());
        Assert.Equal(3500, variant.GetProperty("prices").GetProperty("USD").GetInt64());
    }

    [Fact]
    public async Task Archived_products_are_told_as_such_and_unknown_ones_not_at_all()
    {
        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Kettle"));
        var path = created.Headers.Location!.ToString();
        await catalog.SendAsync(HttpMethod.Post, $"{path}/archive", eTag: created.Headers.ETag!.ToString());

        var product = Assert.Single((await AskAsync(Guid.Parse(path.Split('/')[^1]), Guid.NewGuid())).EnumerateArray());

        Assert.Equal("Archived", product.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Bad_questions_are_refused()
    {
        Assert.Equal(["limit"], await (await catalog.Client.GetAsync("/internal/feed?limit=501")).WrongFieldsAsync());
        Assert.Equal(["ids"], await (await catalog.Client.PostAsJsonAsync("/internal/feed", new { ids = Array.Empty<Guid>() })).WrongFieldsAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await catalog.Client.PostAsJsonAsync("/internal/feed", new { ids = new[] { "x" } })).StatusCode);
    }

    private async Task<JsonElement> AskAsync(params Guid[] ids) =>
        (await (await catalog.Client.PostAsJsonAsync("/internal/feed", new { ids })).JsonAsync()).GetProperty("products");
}
