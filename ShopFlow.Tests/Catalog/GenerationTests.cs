using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Catalog.Caching;
using ShopFlow.Contracts;

namespace ShopFlow.Tests.Catalog;

/// <summary>The contract of Caching/README.md, as far as it shows without Redis.</summary>
public sealed class GenerationTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("/products")]
    [InlineData("/categories")]
    public async Task An_edit_makes_a_higher_generation_and_the_next_answer_carries_it(string path)
    {
        var before = await GenerationAsync(catalog.Client, path);

        await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Kettle"));

        Assert.True(await GenerationAsync(catalog.Client, path) > before);
    }

    [Fact]
    public async Task An_answer_contains_every_change_up_to_its_generation_in_every_replica()
    {
        await using var second = catalog.Start();
        using var elsewhere = second.CreateClient();
        var names = new Dictionary<long, int>();
        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("0"));
        var (path, eTag) = (created.Headers.Location!.ToString(), created.Headers.ETag!.ToString());

        using var stop = new CancellationTokenSource();
        var readers = new[] { catalog.Client, elsewhere }.Select(client => ReadUntilAsync(client, path, stop.Token)).ToList();

        for (var name = 1; name <= 30; name++)
        {
            var edited = await catalog.SendAsync(HttpMethod.Put, path, ProductForms.Kettle(name.ToString(CultureInfo.InvariantCulture)), eTag);
            eTag = edited.Headers.ETag!.ToString();
            names[catalog.Factory.Services.GetRequiredService<CatalogGeneration>().Current.Number] = name;
        }

        await stop.CancelAsync();
        var seen = (await Task.WhenAll(readers)).SelectMany(reader => reader).ToList();
        Assert.NotEmpty(seen);
        Assert.All(seen, answer => Assert.True(
            answer.Name >= names.Where(made => made.Key <= answer.Generation).Select(made => made.Value).DefaultIfEmpty(0).Max(),
            $"{answer.Name} was shown under {answer.Generation}"));
    }

    [Fact]
    public async Task A_storm_of_stock_events_makes_few_generations_and_the_last_level_shows()
    {
        var product = (await catalog.ProductsAsync("limit=1"))[0];
        var (id, sku) = (product.GetProperty("id").GetString()!, product.GetProperty("variants")[0].GetProperty("sku").GetString()!);
        var generations = 0;
        var generation = catalog.Factory.Services.GetRequiredService<CatalogGeneration>();
        generation.Changed += _ => Interlocked.Increment(ref generations);
        await catalog.AvailableAsync(id, sku);
        var started = TimeProvider.System.GetTimestamp();

        // Newer than what any other test here tells of the same SKU.
        for (var level = 1; level <= 200; level++)
            await catalog.StockIsAsync(new StockLevel(sku, level, 1_000_000 + level));

        await Eventually.TrueAsync(async () => await catalog.AvailableAsync(id, sku) == 200, Limit, () => "the last level is not shown");
        Assert.InRange(generations, 1, (TimeProvider.System.GetElapsedTime(started) / ChangePoll.Interval) + 2);
    }

    [Fact]
    public async Task A_stock_change_leaves_pictures_and_categories_as_they_are_and_renews_their_generation()
    {
        var first = await catalog.Client.GetAsync("/categories");
        // Not that of the storm, which is told of with higher revisions.
        var sku = (await catalog.ProductsAsync("limit=2"))[1].GetProperty("variants")[0].GetProperty("sku").GetString()!;
        await catalog.StockIsAsync(new StockLevel(sku, 3, 1_000));

        await Eventually.TrueAsync(
            async () => await GenerationAsync(catalog.Client, "/categories") > GenerationOf(first), Limit, () => "stock makes no generation");

        var request = new HttpRequestMessage(HttpMethod.Get, "/categories");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        var renewed = await catalog.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, renewed.StatusCode);
        Assert.True(GenerationOf(renewed) > GenerationOf(first));
    }

    [Fact]
    public async Task What_is_not_there_is_not_kept_by_caches()
    {
        var response = await catalog.Client.GetAsync($"/products/{Guid.NewGuid()}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    private static async Task<List<(long Generation, int Name)>> ReadUntilAsync(
        HttpClient client, string path, CancellationToken stop)
    {
        var seen = new List<(long, int)>();
        while (!stop.IsCancellationRequested)
        {
            var response = await client.GetAsync(path, CancellationToken.None);
            var name = (await response.JsonAsync()).GetProperty("name").GetString()!;
            seen.Add((GenerationOf(response), int.Parse(name, CultureInfo.InvariantCulture)));
        }

        return seen;
    }

    private static async Task<long> GenerationAsync(HttpClient client, string path) => GenerationOf(await client.GetAsync(path));

    private static long GenerationOf(HttpResponseMessage response) =>
        long.Parse(Assert.Single(response.Headers.GetValues("Catalog-Generation")), CultureInfo.InvariantCulture);
}
