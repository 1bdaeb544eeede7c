using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ShopFlow.Tests.Platform;

/// <summary>What shoppers buy and look at comes back as recommendations, through the gateway.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class RecommendationTests(RunningPlatform platform)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_bought_together_is_recommended_and_counting_anew_changes_nothing()
    {
        var (first, second) = await TwoProductsAsync("limit=2&sort=name");
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var order = new { items = new[] { new { productId = first, quantity = 1 }, new { productId = second, quantity = 1 } } };
        using var placed = await shopper.PlaceOrderAsync(order, Guid.NewGuid().ToString(), Cancelled);
        Assert.Equal(HttpStatusCode.Created, placed.StatusCode);

        await BecomesRecommendedAsync(first, "boughtTogether", second);

        var admin = await platform.AdminAsync(Cancelled);
        using var rebuilt = await admin.PostAsync("/admin/recommendations/rebuild", null, Cancelled);
        var found = await rebuilt.JsonAsync();
        Assert.True(found.GetProperty("pairs").GetInt32() >= 2, $"{found}");
        Assert.Equal((0, 0), (found.GetProperty("correctedProducts").GetInt32(), found.GetProperty("correctedPairs").GetInt32()));
    }

    [Fact]
    public async Task What_is_looked_at_together_is_similar()
    {
        var (first, second) = await TwoProductsAsync("limit=2&sort=price-desc");
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);

        foreach (var product in (string[])[first, second])
        {
            using var seen = await shopper.PostAsync($"/products/{product}/views", null, Cancelled);
            Assert.Equal(HttpStatusCode.Accepted, seen.StatusCode);
        }

        await BecomesRecommendedAsync(second, "similar", first);
    }

    [Fact]
    public async Task The_best_sellers_of_a_category_are_those_of_the_catalogue()
    {
        var category = (await platform.Gateway.AnyProductAsync(Cancelled)).GetProperty("category").GetString();
        var order = new { items = new[] { new { sku = await platform.Gateway.AnySkuAsync(Cancelled), quantity = 1 } } };
        using var placed = await (await platform.CustomerAsync(Cancelled)).PlaceOrderAsync(order, Guid.NewGuid().ToString(), Cancelled);
        placed.EnsureSuccessStatusCode();

        List<JsonElement> products = [];
        await Eventually.TrueAsync(
            async () =>
            {
                var popular = await platform.Gateway.GetFromJsonAsync<JsonElement>($"/recommendations/popular?category={category}&currency=EUR", Cancelled);
                products = [.. popular.GetProperty("products").EnumerateArray()];
                return products.Count > 0;
            },
            TimeSpan.FromSeconds(30),
            () => $"nothing of {category} is popular");
        Assert.All(products, product => Assert.Equal((category, "EUR"), (product.GetProperty("category").GetString(), product.GetProperty("currency").GetString())));
    }

    private async Task<(string First, string Second)> TwoProductsAsync(string query)
    {
        var page = await platform.Gateway.GetFromJsonAsync<JsonElement>($"/products?{query}", Cancelled);
        var ids = page.GetProperty("products").EnumerateArray().Select(product => product.GetProperty("id").GetString()!).ToList();
        return (ids[0], ids[1]);
    }

    private Task BecomesRecommendedAsync(string beside, string list, string product) => Eventually.TrueAsync(
        async () => (await platform.Gateway.GetFromJsonAsync<JsonElement>($"/recommendations?productId={beside}&limit=20", Cancelled))
            .GetProperty(list).EnumerateArray().Any(other => other.GetProperty("id").GetString() == product),
        Limit,
        () => $"{product} should be in {list} of {beside}");
}
