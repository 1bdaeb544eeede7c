using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Catalog.Data;

namespace ShopFlow.Tests.Catalog;

public sealed class ProductListTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    [Fact]
    public async Task A_page_has_exactly_the_agreed_shape()
    {
        var page = await catalog.GetAsync("/products");
        var product = page.GetProperty("products")[0];

        Assert.Equal(["products", "total", "next"], Names(page));
        Assert.Equal(20, page.GetProperty("products").GetArrayLength());
        Assert.Equal(["id", "name", "category", "price", "currency", "imageUrl", "variants"], Names(product));
        Assert.Equal(["sku", "name", "price", "available"], Names(product.GetProperty("variants")[0]));
        Assert.Equal("USD", product.GetProperty("currency").GetString());
    }

    [Theory]
    [InlineData("limit=7")]
    [InlineData("limit=100")]
    [InlineData("limit=5&category=clothing")]
    public async Task Paging_reaches_every_product_once(string query)
    {
        var seen = new List<string>();
        var (next, total) = ("", 0);

        while (next is not null)
        {
            var page = await catalog.GetAsync($"/products?{query}&next={next}");
            seen.AddRange(page.GetProperty("products").EnumerateArray().Select(product => product.GetProperty("id").GetString()!));
            (next, total) = (page.GetProperty("next").GetString(), page.GetProperty("total").GetInt32());
        }

        Assert.Equal(total, seen.Count);
        Assert.Equal(total, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_category_includes_what_is_below_it()
    {
        var categories = (await catalog.GetAsync("/categories")).GetProperty("categories");
        var clothing = categories.EnumerateArray().Single(category => category.GetProperty("slug").GetString() == "clothing");
        var below = clothing.GetProperty("children").EnumerateArray().Select(child => child.GetProperty("slug").GetString()!).ToList();

        var products = await catalog.ProductsAsync("limit=100&category=clothing");
        var inParts = await Task.WhenAll(below.Select(slug => catalog.ProductsAsync($"limit=100&category={slug}")));

        Assert.NotEmpty(products);
        Assert.All(products, product => Assert.Contains(product.GetProperty("category").GetString(), below));
        Assert.Equal(products.Count, inParts.Sum(part => part.Count));
        Assert.Empty(await catalog.ProductsAsync("category=no-such-category"));
    }

    [Fact]
    public async Task Amounts_have_the_digits_of_their_currency()
    {
        var dollars = await PriceTextAsync("USD");
        var yen = await PriceTextAsync("jpy");

        Assert.Matches(@"^\d+\.\d\d$", dollars);
        Assert.Matches(@"^\d+$", yen);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("limit=99999999999", "limit")]
    [InlineData("currency=XYZ", "currency")]
    [InlineData("next=nonsense", "next")]
    [InlineData("next=%00", "next")]
    [InlineData("category=%00", "category")]
    [InlineData("limit=0&currency=XYZ&next=!", "currency,limit,next")]
    public async Task A_wrong_parameter_is_named(string query, string fields) =>
        Assert.Equal(fields.Split(','), await (await catalog.Client.GetAsync($"/products?{query}")).WrongFieldsAsync());

    [Fact]
    public async Task A_client_that_has_the_page_is_told_so()
    {
        var first = await catalog.Client.GetAsync("/products?limit=3");
        var request = new HttpRequestMessage(HttpMethod.Get, "/products?limit=3");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        var second = await catalog.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.True(first.Headers.CacheControl!.Public);
    }

    [Fact]
    public async Task A_product_has_everything_that_a_page_about_it_shows()
    {
        var id = (await catalog.ProductsAsync("limit=1"))[0].GetProperty("id").GetString();

        var product = await catalog.GetAsync($"/products/{id}?currency=EUR");

        Assert.Equal("EUR", product.GetProperty("currency").GetString());
        Assert.True(product.GetProperty("description").GetString()!.Length > 30);
        Assert.Equal(
            product.GetProperty("options").EnumerateArray().Select(option => option.GetString()),
            Names(product.GetProperty("variants")[0].GetProperty("options")));
    }

    [Theory]
    [InlineData("/products/nonsense")]
    [InlineData("/products/00000000-0000-0000-0000-000000000000")]
    [InlineData("/images/nonsense.svg")]
    [InlineData("/images/00000000-0000-0000-0000-000000000000.svg")]
    public async Task What_does_not_exist_is_a_404(string path) =>
        Assert.Equal("not-found", await (await catalog.Client.GetAsync(path)).ProblemAsync(HttpStatusCode.NotFound));

    [Fact]
    public async Task Every_product_has_a_picture_that_is_well_formed_and_names_it()
    {
        foreach (var product in await catalog.ProductsAsync())
        {
            var response = await catalog.Client.GetAsync(product.GetProperty("imageUrl").GetString());
            var svg = System.Xml.Linq.XDocument.Parse(await response.Content.ReadAsStringAsync());

            Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.MediaType);
            Assert.Equal(product.GetProperty("name").GetString(), svg.Root!.Elements().First(element => element.Name.LocalName == "title").Value);
        }
    }

    [Fact]
    public async Task A_second_replica_does_not_fill_the_catalogue_again()
    {
        await using var second = catalog.Start();

        var page = await (await second.CreateClient().GetAsync("/products?limit=1")).JsonAsync();

        Assert.Equal((await catalog.GetAsync("/products?limit=1")).GetProperty("total").GetInt32(), page.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Migrations_match_the_model()
    {
        await using var scope = catalog.Factory.Services.CreateAsyncScope();
        Assert.False(scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Database.HasPendingModelChanges());
    }

    private async Task<string> PriceTextAsync(string currency) =>
        (await catalog.ProductsAsync(string.Create(CultureInfo.InvariantCulture, $"limit=1&currency={currency}")))[0].GetProperty("price").GetRawText();

    private static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];
}
