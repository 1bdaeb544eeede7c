using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ShopFlow.Tests.Catalog;

namespace ShopFlow.Tests.Platform;

/// <summary>What the catalogue sells and inventory has is found through the gateway.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class SearchTests(RunningPlatform platform)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_old_systems_search_finds_products_that_can_be_bought()
    {
        var kettle = default(JsonElement);
        await Eventually.TrueAsync(
            async () =>
            {
                kettle = (await SearchAsync("kettle"))[0];
                return kettle.GetProperty("variants")[0].GetProperty("available").GetInt32() > 0;
            },
            Limit,
            () => $"the stock should show: {kettle}");

        Assert.Equal("Gooseneck Kettle 0.9 L", kettle.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_product_is_found_soon_after_it_was_added_and_after_a_rebuild()
    {
        var admin = await platform.AdminAsync(Cancelled);
        var name = $"Wanderkessel {Guid.NewGuid():N}";
        using var added = await admin.PostAsync("/products", ProductForms.Kettle(name), Cancelled);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);

        await Eventually.TrueAsync(async () => await IsFoundAsync(name), Limit, () => $"{name} should be found");

        using var rebuild = await admin.PostAsync("/admin/search/rebuild", null, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, rebuild.StatusCode);
        await Eventually.TrueAsync(
            async () => (await admin.GetAsync("/admin/search/rebuild", Cancelled)).GetProperty("finishedAt").ValueKind != JsonValueKind.Null,
            Limit,
            () => "the rebuild should end");
        Assert.True(await IsFoundAsync(name));
    }

    private async Task<bool> IsFoundAsync(string name) => (await SearchAsync(name)).Any(product => product.GetProperty("name").GetString() == name);

    private async Task<List<JsonElement>> SearchAsync(string text) =>
        [.. (await platform.Gateway.GetFromJsonAsync<JsonElement>($"/search?q={Uri.EscapeDataString(text)}", Cancelled)).GetProperty("products").EnumerateArray()];
}
