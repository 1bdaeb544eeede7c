using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;
using ShopFlow.Search.Data;
using ShopFlow.Search.Following;
using ShopFlow.Search.Index;

namespace ShopFlow.Tests.Search;

/// <summary>What happens in the catalogue and in the stock shows in the results.</summary>
public sealed class FollowingTests(SearchUnderTest search) : IClassFixture<SearchUnderTest>
{
    private static readonly CatalogProduct Kettle = SeedCatalogue.Products.Single(product => product.Name.StartsWith("Gooseneck", StringComparison.Ordinal));

    [Fact]
    public async Task A_new_product_is_found_under_its_name_and_an_edited_one_under_its_new_one_only()
    {
        var product = NewProduct("Zinc Watering Can");
        await ToldAsync(product);
        await SearchUnderTest.EventuallyAsync(async () => await IsFoundAsync("zinc", "Zinc Watering Can"), "the new product is not found");

        await ToldAsync(product with { Name = "Copper Watering Can", UpdatedAt = product.UpdatedAt.AddSeconds(1) });

        await SearchUnderTest.EventuallyAsync(async () => await IsFoundAsync("copper watering can", "Copper Watering Can"), "the new name is not found");
        Assert.DoesNotContain("Zinc Watering Can", await search.FoundAsync("q=zinc"));
    }

    [Fact]
    public async Task An_archived_product_is_not_found_any_more()
    {
        var product = NewProduct("Pewter Tankard");
        await ToldAsync(product);
        await SearchUnderTest.EventuallyAsync(async () => await IsFoundAsync("tankard", product.Name), "the product is not found");

        await ToldAsync(product with { Status = "Archived", UpdatedAt = product.UpdatedAt.AddSeconds(1) });

        await SearchUnderTest.EventuallyAsync(async () => !await IsFoundAsync("tankard", product.Name), "the archived product is still found");
    }

    [Fact]
    public async Task A_change_waits_while_the_catalogue_is_away_and_the_lag_tells_so()
    {
        var product = NewProduct("Slate Cheese Board");
        search.Catalog.Put(product);
        search.Catalog.Down = true;
        try
        {
            await search.ChangedAsync(product.Id);
            await SearchUnderTest.EventuallyAsync(async () => await LagAsync() > 1, "the lag does not grow");
            Assert.True((await search.Client.GetAsync("/search?q=kettle")).IsSuccessStatusCode);
        }
        finally
        {
            search.Catalog.Down = false;
        }

        await SearchUnderTest.EventuallyAsync(async () => await IsFoundAsync("slate cheese board", product.Name), "the change is lost");
        await SearchUnderTest.EventuallyAsync(async () => await LagAsync() < 1, "the lag stays");
    }

    [Fact]
    public async Task An_import_of_thousands_is_read_in_as_few_questions_as_the_catalogue_allows()
    {
        var imported = Enumerable.Range(0, 3 * CatalogClient.MostProducts).Select(number => NewProduct($"Bulk Thimble {number}")).ToList();
        imported.ForEach(search.Catalog.Put);
        var before = search.Catalog.Questions;

        await search.ChangedAsync(imported.Select(product => product.Id));

        await SearchUnderTest.EventuallyAsync(
            async () => (await search.SearchAsync("q=bulk+thimble")).GetProperty("total").GetInt32() == imported.Count, "not all of them are found");
        Assert.Equal(3, search.Catalog.Questions - before);
    }

    [Fact]
    public async Task Stock_shows_in_results_and_older_news_do_not_overwrite_newer_ones()
    {
        var sku = Kettle.Variants[0].Sku;
        await search.StockIsAsync(new StockLevel(sku, 7, 5));
        await SearchUnderTest.EventuallyAsync(async () => await AvailableAsync(sku) == 7, "the stock is not shown");

        await search.StockIsAsync(new StockLevel(sku, 9, 4));
        await search.StockIsAsync(new StockLevel(sku, 3, 6));

        await SearchUnderTest.EventuallyAsync(async () => await AvailableAsync(sku) == 3, "the newest level is not shown");
        Assert.Equal([Kettle.Name], await search.FoundAsync("q=kettle&inStock=true"));
    }

    [Fact]
    public async Task A_level_whose_transaction_commits_after_a_later_one_is_not_passed_by()
    {
        var (late, early) = (NewProduct("Ebony Chess Board"), NewProduct("Ivory Chess Board"));
        await ToldAsync(late);
        await ToldAsync(early);
        await SearchUnderTest.EventuallyAsync(async () => (await search.FoundAsync("q=chess+board")).Count == 2, "the products are not found");
        await using var scope = search.Factory.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SearchDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await new KeepStockLevels(db).HandleAsync([new([new(late.Variants[0].Sku, 1, 1)])], CancellationToken.None);

        await search.StockIsAsync(new StockLevel(early.Variants[0].Sku, 1, 1));
        await SearchUnderTest.EventuallyAsync(async () => (await InStockAsync()).SequenceEqual([early.Name]), "the later transaction is not followed");
        await transaction.CommitAsync();

        await SearchUnderTest.EventuallyAsync(async () => (await InStockAsync()).Count == 2, "the earlier transaction is passed by");

        Task<List<string>> InStockAsync() => search.FoundAsync("q=chess+board&inStock=true");
    }

    [Fact]
    public async Task A_renamed_category_is_called_what_its_products_call_it_now()
    {
        var product = NewProduct("Beech Bread Bin") with { Categories = [new("bread-bins", "Bread Bins")] };
        await ToldAsync(product);
        await SearchUnderTest.EventuallyAsync(async () => await CategoryAsync() == "Bread Bins", "the category is not counted");

        await ToldAsync(product with { Categories = [new("bread-bins", "Bread Boxes")], UpdatedAt = product.UpdatedAt.AddSeconds(1) });

        await SearchUnderTest.EventuallyAsync(async () => await CategoryAsync() == "Bread Boxes", "the category has its former name");

        async Task<string?> CategoryAsync() =>
            (await search.SearchAsync("q=beech+bread")).GetProperty("facets").GetProperty("categories").EnumerateArray()
            .FirstOrDefault(category => category.GetProperty("slug").GetString() == "bread-bins") is { ValueKind: JsonValueKind.Object } found
                ? found.GetProperty("name").GetString()
                : null;
    }

    [Fact]
    public async Task Another_replica_follows_too()
    {
        await using var second = search.Start();
        var client = second.CreateClient();
        await SearchUnderTest.EventuallyAsync(async () => (await client.GetAsync("/search")).IsSuccessStatusCode, "the second replica is not ready");
        var product = NewProduct("Willow Log Basket");

        await ToldAsync(product);

        await SearchUnderTest.EventuallyAsync(
            async () => SearchUnderTest.NamesOf(await client.GetFromJsonAsync<JsonElement>("/search?q=willow+basket")).Contains(product.Name),
            "the second replica does not find the new product");
    }

    [Fact]
    public async Task A_rebuild_finds_what_no_event_told_and_forgets_what_is_gone_while_queries_are_answered()
    {
        var (unheard, gone) = (NewProduct("Ash Rolling Pin"), NewProduct("Cedar Bird House"));
        await ToldAsync(gone);
        await SearchUnderTest.EventuallyAsync(async () => await IsFoundAsync("cedar bird house", gone.Name), "the product is not found");
        search.Catalog.Put(unheard);
        search.Catalog.Forget(gone.Id);
        var gate = new TaskCompletionSource();
        search.Catalog.Gate = gate.Task;

        var requested = await search.SendAsync(HttpMethod.Post, "/admin/search/rebuild");
        Assert.Equal(HttpStatusCode.Accepted, requested.StatusCode);
        var again = await search.SendAsync(HttpMethod.Post, "/admin/search/rebuild");
        Assert.Equal(await IdOfAsync(requested), await IdOfAsync(again));

        Assert.True(await IsFoundAsync("cedar bird house", gone.Name));
        gate.SetResult();

        var status = await StatusAsync();
        await SearchUnderTest.EventuallyAsync(
            async () => (status = await StatusAsync()).GetProperty("finishedAt").ValueKind != JsonValueKind.Null, "the rebuild does not end");
        await SearchUnderTest.EventuallyAsync(async () => await IsFoundAsync("rolling pin", unheard.Name), "the rebuild does not find the product");
        await SearchUnderTest.EventuallyAsync(async () => !await IsFoundAsync("cedar bird house", gone.Name), "the rebuild does not forget the product");
        Assert.True(status.GetProperty("read").GetInt32() > SeedCatalogue.Products.Count);

        async Task<JsonElement> StatusAsync() => await (await search.SendAsync(HttpMethod.Get, "/admin/search/rebuild")).JsonAsync();
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("customer", HttpStatusCode.Forbidden)]
    public async Task Only_an_admin_may_rebuild(string? role, HttpStatusCode refusal)
    {
        Assert.Equal(refusal, (await search.SendAsync(HttpMethod.Post, "/admin/search/rebuild", role)).StatusCode);
        Assert.Equal(refusal, (await search.SendAsync(HttpMethod.Get, "/admin/search/rebuild", role)).StatusCode);
    }

    [Fact]
    public async Task The_lag_and_the_number_of_products_are_metrics()
    {
        var metrics = await search.Client.GetStringAsync("/metrics");

        Assert.Contains("shopflow_search_lag", metrics, StringComparison.Ordinal);
        Assert.Contains("shopflow_search_documents", metrics, StringComparison.Ordinal);
    }

    private static CatalogProduct NewProduct(string name) => Kettle with
    {
        Id = Guid.CreateVersion7(),
        Name = name,
        UpdatedAt = DateTimeOffset.UtcNow,
        Variants = [Kettle.Variants[0] with { Sku = $"NEW-{Guid.NewGuid():N}" }],
    };

    private Task ToldAsync(CatalogProduct product)
    {
        search.Catalog.Put(product);
        return search.ChangedAsync(product.Id);
    }

    private async Task<bool> IsFoundAsync(string query, string name) => (await search.FoundAsync($"q={Uri.EscapeDataString(query)}")).Contains(name);

    private async Task<int> AvailableAsync(string sku) =>
        (await search.SearchAsync("q=gooseneck+kettle")).GetProperty("products").EnumerateArray()
        .SelectMany(product => product.GetProperty("variants").EnumerateArray())
        .Single(variant => variant.GetProperty("sku").GetString() == sku)
        .GetProperty("available").GetInt32();

    private async Task<double> LagAsync() =>
        (await (await search.SendAsync(HttpMethod.Get, "/admin/search/rebuild")).JsonAsync()).GetProperty("lagSeconds").GetDouble();

    private static async Task<string?> IdOfAsync(HttpResponseMessage response) => (await response.JsonAsync()).GetProperty("id").GetString();
}
