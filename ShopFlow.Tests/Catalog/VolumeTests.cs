using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Catalog.Data;
using ShopFlow.Catalog.Products;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Tests.Catalog;

public sealed class VolumeTests(CatalogUnderTest catalog, ITestOutputHelper output) : IClassFixture<CatalogUnderTest>
{
    private static readonly string[] Lists =
    [
        "", "sort=newest", "sort=name", "sort=price-asc", "sort=price-desc",
        "category=tops", "category=clothing&sort=newest", "category=clothing&sort=name", "category=clothing&sort=price-desc",
        "sort=price-asc&minPrice=100&maxPrice=110", "sort=name&minPrice=100&maxPrice=101", "category=clothing&minPrice=400&sort=newest",
        "option.Size=M", "option.Size=M&option.Size=L&category=shoes&sort=price-asc", "option.Size=none",
    ];

    [Fact]
    public async Task Lists_of_many_products_are_read_along_indexes()
    {
        await ImportAsync(10_000);

        foreach (var list in Lists)
        {
            var scans = Scans(await PlanAsync(await DeepAsync(list))).Where(scan => scan.Table is not null).ToList();
            Assert.False(
                scans.Any(scan => scan is ("Seq Scan", "products" or "variants" or "prices" or "lowest_prices")),
                $"?{list} reads a whole table: {string.Join(", ", scans)}");
        }
    }

    [Fact(Explicit = true)]
    public async Task Figures_of_100_000_products()
    {
        using var watch = new LiveMemory();
        var imported = await TimedAsync("import 200,000 rows", () => ImportAsync(100_000));
        var again = await TimedAsync("import them again", () => ImportAsync(100_000));
        output.WriteLine($"{watch.Growth / 1024 / 1024,10} MB  more memory in use at the peak, {imported}");
        Assert.Equal(100_000, JsonSerializer.Deserialize<JsonElement>(again).GetProperty("unchanged").GetInt32());

        await TimedAsync("export CSV", async () =>
        {
            var export = await catalog.SendAsync(HttpMethod.Get, "/admin/products/export?format=csv");
            return (await export.Content.ReadAsByteArrayAsync()).Length;
        });

        foreach (var list in Lists)
        {
            await TimedAsync($"first  ?{list}", () => catalog.GetAsync($"/products?{list}"));
            await catalog.GetAsync($"/products?{list}&limit=21");
            await TimedAsync($"second ?{list}", () => catalog.GetAsync($"/products?{list}&limit=22"));
        }
    }

    private async Task<string> ImportAsync(int products)
    {
        var response = await catalog.SendContentAsync(HttpMethod.Post, "/admin/products/import", new GeneratedCatalogue(products));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The list from its third page on, which is where an OFFSET would begin to cost.</summary>
    private async Task<ProductQuery> DeepAsync(string list)
    {
        string? next = "";
        for (var page = 0; page < 2 && next is not null; page++)
            next = (await catalog.GetAsync($"/products?{list}&next={next}")).GetProperty("next").GetString();

        var context = new DefaultHttpContext { Request = { QueryString = new($"?{list}&next={next}") } };
        var parameters = context.Request.Query;
        Assert.Null(ProductQuery.TryParse(
            new(
                context.Request,
                Category: parameters["category"],
                MinPrice: decimal.TryParse(parameters["minPrice"], out var lowest) ? lowest : null,
                MaxPrice: decimal.TryParse(parameters["maxPrice"], out var highest) ? highest : null,
                Sort: parameters["sort"],
                Next: next),
            out var query));
        return query;
    }

    private async Task<JsonElement> PlanAsync(ProductQuery query)
    {
        await using var scope = catalog.Factory.Services.CreateAsyncScope();
        var sql = new ProductPageSql(query);
        var plan = await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().QueryAsync(
            $"EXPLAIN (FORMAT JSON) {sql.Page}", sql.Parameters, row => row.GetString(0), CancellationToken.None);
        return JsonSerializer.Deserialize<JsonElement>(plan[0])[0].GetProperty("Plan");
    }

    private static IEnumerable<(string Node, string? Table)> Scans(JsonElement plan)
    {
        yield return (plan.GetProperty("Node Type").GetString()!, plan.TryGetProperty("Relation Name", out var table) ? table.GetString() : null);

        if (plan.TryGetProperty("Plans", out var children))
        {
            foreach (var scan in children.EnumerateArray().SelectMany(Scans))
                yield return scan;
        }
    }

    private async Task<T> TimedAsync<T>(string what, Func<Task<T>> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await work();
        output.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalMilliseconds,10:0.0} ms  {what}");
        return result;
    }

    /// <summary>How much more is in use than before, at the most: what a collection leaves, twice a second.</summary>
    private sealed class LiveMemory : IDisposable
    {
        private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
        private readonly Timer _timer;
        private long _peak;

        public LiveMemory() => _timer = new(_ => _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: true)), null, 0, 500);

        public long Growth => _peak - _before;

        public void Dispose() => _timer.Dispose();
    }
}
