using System.Net;
using System.Text.Json;
using ShopFlow.Contracts;
using ShopFlow.Recommendations.Catalogue;

namespace ShopFlow.Tests.Recommendations;

public sealed class ReadingTests(RecommendationsUnderTest shop) : IClassFixture<RecommendationsUnderTest>
{
    [Fact]
    public async Task What_is_often_bought_with_a_product_comes_first_and_what_is_in_every_basket_last()
    {
        var (kettle, cup, spoon, bag) = (await shop.SellAsync(), await shop.SellAsync(), await shop.SellAsync(), await shop.SellAsync());
        for (var i = 0; i < 5; i++)
            await shop.BuyAsync(kettle, cup, bag);
        await shop.BuyAsync(kettle, spoon);
        for (var i = 0; i < 60; i++)
            await shop.BuyAsync(bag);

        var answer = await RecommendedAsync(kettle);

        Assert.Equal([cup, bag, spoon], Ids(answer, "boughtTogether"));
        var first = answer.GetProperty("boughtTogether")[0];
        Assert.Equal("kettles", first.GetProperty("category").GetString());
        Assert.Equal((9.5m, "USD"), (first.GetProperty("price").GetDecimal(), first.GetProperty("currency").GetString()));
        Assert.Equal(FakeCatalogue.SkuOf(cup), first.GetProperty("variants")[0].GetProperty("sku").GetString());
    }

    [Fact]
    public async Task What_the_same_visitors_look_at_is_similar()
    {
        var (kettle, other, cup) = (await shop.SellAsync(), await shop.SellAsync(), await shop.SellAsync());
        await shop.LookAtAsync(kettle, other);
        await shop.LookAtAsync(other, kettle, cup);
        await shop.BuyAsync(kettle, cup);

        var answer = await RecommendedAsync(kettle);

        Assert.Equal([cup], Ids(answer, "boughtTogether"));
        Assert.Equal([other], Ids(answer, "similar"));
    }

    [Fact]
    public async Task What_is_short_is_filled_with_the_best_sellers_of_the_category_and_then_of_those_above()
    {
        var (lonely, sister, best) = (await shop.SellAsync("lamps"), await shop.SellAsync("lamps"), await shop.SellAsync("lamps"));
        var far = await shop.SellAsync("candles");
        for (var i = 0; i < 3; i++)
            await shop.BuyAsync(far);
        await shop.BuyAsync(best);

        var answer = await RecommendedAsync(lonely);

        Assert.Equal([best, sister, far], Ids(answer, "popular"));
        Assert.Empty(Ids(answer, "boughtTogether"));
    }

    [Fact]
    public async Task The_best_sellers_of_a_category_include_those_below_it()
    {
        var (cup, kettle) = (await shop.SellAsync("cups"), await shop.SellAsync());
        for (var i = 0; i < 200; i++)
            await shop.BuyAsync(cup);
        for (var i = 0; i < 150; i++)
            await shop.BuyAsync(kettle);

        Assert.Equal([cup, kettle], await PopularAsync("category=kitchen&limit=2"));
        Assert.Equal([kettle], await PopularAsync("category=kettles&limit=1"));
        Assert.Equal([cup], await PopularAsync("limit=1"));
    }

    [Fact]
    public async Task An_archived_product_is_never_recommended_and_comes_back_with_the_product()
    {
        var (kettle, cup) = (await shop.SellAsync(), await shop.SellAsync("cups"));
        await shop.BuyAsync(kettle, cup);

        // Before the news has come, too: the catalogue has the last word.
        shop.Catalogue.Archive(cup);
        Assert.DoesNotContain(cup, Everything(await RecommendedAsync(kettle)));

        await shop.ArchiveAsync(cup);
        Assert.DoesNotContain(cup, Everything(await RecommendedAsync(kettle, limit: 50)));
        Assert.DoesNotContain(cup, await PopularAsync("category=cups&limit=50"));

        shop.Catalogue.Sell(cup, "cups", 10);
        await shop.AnnounceAsync(cup);
        Assert.Equal([cup], Ids(await RecommendedAsync(kettle), "boughtTogether"));
    }

    [Fact]
    public async Task A_product_without_stock_is_never_recommended()
    {
        var (kettle, cup) = (await shop.SellAsync(), await shop.SellAsync());
        await shop.BuyAsync(kettle, cup);

        await shop.StockIsAsync(cup, 0, revision: 1000);
        await shop.StockIsAsync(cup, 5, revision: 999);
        Assert.DoesNotContain(cup, Everything(await RecommendedAsync(kettle, limit: 50)));

        await shop.StockIsAsync(cup, 5, revision: 1001);
        Assert.Equal([cup], Ids(await RecommendedAsync(kettle), "boughtTogether"));

        // What inventory has told the catalogue and not yet this service.
        shop.Catalogue.Sell(cup, "kettles", available: 0);
        Assert.DoesNotContain(cup, Everything(await RecommendedAsync(kettle, limit: 50)));
    }

    [Fact]
    public async Task A_change_that_is_announced_while_the_catalogue_is_away_is_learnt_when_it_is_back()
    {
        // With nothing for sale nobody would have to be asked.
        await shop.SellAsync("cups");
        var id = Guid.CreateVersion7();
        shop.Catalogue.IsDown = true;
        try
        {
            await shop.DeliverAsync<ProductsChanged, NoteChangedProducts>(new ProductsChanged([$"{id}", "no-id"], []));
            await Assert.ThrowsAsync<HttpRequestException>(shop.FollowAsync);
            var away = await shop.Guest.GetAsync(new Uri("/recommendations/popular", UriKind.Relative));
            Assert.Equal("unavailable", await away.ProblemAsync(HttpStatusCode.ServiceUnavailable));
        }
        finally
        {
            shop.Catalogue.IsDown = false;
        }

        shop.Catalogue.Sell(id, "cups", 3);
        await shop.FollowAsync();

        Assert.Contains(id, await PopularAsync("category=cups&limit=50"));
    }

    [Theory]
    [InlineData("/recommendations", "productId")]
    [InlineData("/recommendations?productId=kettle&limit=0&currency=XYZ", "currency", "limit", "productId")]
    [InlineData("/recommendations?productId=01935c0e-7a00-7000-8000-000000000000&limit=many", "limit")]
    [InlineData("/recommendations/popular?limit=51", "limit")]
    [InlineData("/recommendations/popular?category=%00", "category")]
    [InlineData("/recommendations/popular?category=", "category")]
    public async Task What_is_wrong_with_a_question_is_named(string path, params string[] fields)
    {
        var response = await shop.Guest.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(fields, await response.WrongFieldsAsync());
    }

    [Theory]
    [InlineData("/recommendations?productId=01935c0e-7a00-7000-8000-000000000000")]
    [InlineData("/recommendations/popular?category=cars")]
    public async Task What_nobody_knows_is_a_404(string path)
    {
        var response = await shop.Guest.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal("not-found", await response.ProblemAsync(HttpStatusCode.NotFound));
    }

    private Task<JsonElement> RecommendedAsync(Guid product, int limit = 8) => shop.GetAsync($"/recommendations?productId={product}&limit={limit}");

    private async Task<List<Guid>> PopularAsync(string query) => Ids(await shop.GetAsync($"/recommendations/popular?{query}"), "products");

    private static List<Guid> Everything(JsonElement answer) =>
        [.. Ids(answer, "boughtTogether"), .. Ids(answer, "similar"), .. Ids(answer, "popular")];

    private static List<Guid> Ids(JsonElement answer, string list) =>
        [.. answer.GetProperty(list).EnumerateArray().Select(product => product.GetProperty("id").GetGuid())];
}
