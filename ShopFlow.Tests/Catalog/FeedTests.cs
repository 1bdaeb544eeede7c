using System.Data.Common;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Catalog.Data;

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
    public async Task A_product_that_moves_while_it_is_read_is_told_with_the_category_that_it_was_in()
    {
        var (former, next) = (await CategoryAsync(), await CategoryAsync());
        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Nomad", category: former));
        var path = created.Headers.Location!.ToString();
        var move = new BeforeFirst("FROM categories", async () =>
        {
            var moved = await catalog.SendAsync(HttpMethod.Put, path, ProductForms.Kettle("Nomad", category: next), created.Headers.ETag!.ToString());
            Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
            Assert.Equal(HttpStatusCode.NoContent, (await catalog.SendAsync(HttpMethod.Delete, $"/categories/{former}")).StatusCode);
        });
        await using var replica = catalog.Start().WithWebHostBuilder(host => host.ConfigureTestServices(
            services => services.ConfigureDbContext<CatalogDbContext>(options => options.AddInterceptors(move))));
        using var client = replica.CreateClient();
        move.IsArmed = true;

        var answer = await client.PostAsJsonAsync("/internal/feed", new { ids = new[] { path.Split('/')[^1] } });

        Assert.False(move.IsArmed);
        var product = Assert.Single((await answer.JsonAsync()).GetProperty("products").EnumerateArray());
        Assert.Equal(former, product.GetProperty("categories")[0].GetProperty("slug").GetString());
    }

    [Fact]
    public async Task A_later_change_has_a_later_time_whatever_the_clock_says()
    {
        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Clockwork"));
        var id = Guid.Parse(created.Headers.Location!.ToString().Split('/')[^1]);
        var before = await UpdatedAtAsync(id);

        // Less than tokens allow for.
        var behind = TimeSpan.FromSeconds(20);
        catalog.Time.Advance(-behind);
        try
        {
            await catalog.SendAsync(HttpMethod.Post, $"/products/{id}/archive", eTag: created.Headers.ETag!.ToString());
            var archived = await UpdatedAtAsync(id);
            Assert.True(archived > before);

            using var export = await catalog.SendAsync(HttpMethod.Get, "/admin/products/export?format=jsonl");
            var line = (await export.Content.ReadAsStringAsync()).Split('\n').Single(line => line.Contains("Clockwork", StringComparison.Ordinal));
            using var file = new StringContent(line.Replace("Archived", "Active", StringComparison.Ordinal), new MediaTypeHeaderValue("application/x-ndjson"));
            Assert.Equal(HttpStatusCode.OK, (await catalog.SendContentAsync(HttpMethod.Post, "/admin/products/import", file)).StatusCode);
            Assert.True(await UpdatedAtAsync(id) > archived);
        }
        finally
        {
            catalog.Time.Advance(behind);
        }
    }

    [Fact]
    public async Task Bad_questions_are_refused()
    {
        Assert.Equal(["limit"], await (await catalog.Client.GetAsync("/internal/feed?limit=501")).WrongFieldsAsync());
        Assert.Equal(["ids"], await (await catalog.Client.PostAsJsonAsync("/internal/feed", new { ids = Array.Empty<Guid>() })).WrongFieldsAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await catalog.Client.PostAsJsonAsync("/internal/feed", new { ids = new[] { "x" } })).StatusCode);
    }

    private async Task<string> CategoryAsync()
    {
        var slug = $"c-{Guid.NewGuid():N}";
        var created = await catalog.SendAsync(HttpMethod.Post, "/categories", new { slug, name = "Category" });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return slug;
    }

    private async Task<DateTimeOffset> UpdatedAtAsync(Guid id) => Assert.Single((await AskAsync(id)).EnumerateArray()).GetProperty("updatedAt").GetDateTimeOffset();

    private async Task<JsonElement> AskAsync(params Guid[] ids) =>
        (await (await catalog.Client.PostAsJsonAsync("/internal/feed", new { ids })).JsonAsync()).GetProperty("products");

    /// <summary>Does something in the midst of a request: before its first command with this text.</summary>
    private sealed class BeforeFirst(string text, Func<Task> act) : DbCommandInterceptor
    {
        public bool IsArmed { get; set; }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (IsArmed && command.CommandText.Contains(text, StringComparison.Ordinal))
            {
                IsArmed = false;
                await act();
            }

            return result;
        }
    }
}
