using ShopFlow.Contracts;

namespace ShopFlow.Tests.Catalog;

public sealed class AvailabilityTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_stock_event_shows_in_pages_that_were_cached_before()
    {
        var (product, sku) = await SomethingAsync(0);
        Assert.Equal(0, await catalog.AvailableAsync(product, sku));

        await catalog.StockIsAsync(new StockLevel(sku, 17, 1));

        await Eventually.TrueAsync(async () => await catalog.AvailableAsync(product, sku) == 17, Limit, () => "the product still shows its former stock");
        await Eventually.TrueAsync(async () => await ListedAsync(product, sku) == 17, Limit, () => "the list still shows its former stock");
    }

    [Fact]
    public async Task Another_replica_hears_of_it_too()
    {
        await using var second = catalog.Start();
        var client = second.CreateClient();
        var (product, sku) = await SomethingAsync(1);
        await client.GetAsync($"/products/{product}");

        await catalog.StockIsAsync(new StockLevel(sku, 4, 1));

        await Eventually.TrueAsync(
            async () => (await (await client.GetAsync($"/products/{product}")).Content.ReadAsStringAsync()).Contains("\"available\":4", StringComparison.Ordinal),
            Limit,
            () => "the other replica still shows the former stock");
    }

    [Fact]
    public async Task Older_news_do_not_overwrite_newer_ones()
    {
        var (product, sku) = await SomethingAsync(2);

        await catalog.StockIsAsync(new StockLevel(sku, 3, 8), new StockLevel(sku, 9, 7));
        await catalog.StockIsAsync(new StockLevel(sku, 5, 6));

        await Eventually.TrueAsync(async () => await catalog.AvailableAsync(product, sku) == 3, Limit, () => "the newest level is not shown");
    }

    [Fact]
    public async Task News_of_a_SKU_that_nobody_knows_yet_are_kept() => await catalog.StockIsAsync(new StockLevel($"LATER-{Guid.NewGuid():N}", 3, 1));

    private async Task<(string Product, string Sku)> SomethingAsync(int index)
    {
        var product = (await catalog.ProductsAsync())[index];
        return (product.GetProperty("id").GetString()!, product.GetProperty("variants")[0].GetProperty("sku").GetString()!);
    }

    private async Task<int> ListedAsync(string productId, string sku) =>
        (await catalog.ProductsAsync()).Single(product => product.GetProperty("id").GetString() == productId)
        .GetProperty("variants").EnumerateArray().Single(variant => variant.GetProperty("sku").GetString() == sku)
        .GetProperty("available").GetInt32();
}
