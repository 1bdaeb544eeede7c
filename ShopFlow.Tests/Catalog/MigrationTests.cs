using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Catalog.Data;

namespace ShopFlow.Tests.Catalog;

public sealed class MigrationTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    [Fact]
    public async Task A_catalogue_from_before_lists_and_generations_is_taken_along()
    {
        string[] lists = ["sort=price-asc&limit=50", "option.Size=M&sort=name&limit=50"];
        var before = await Task.WhenAll(lists.Select(list => ListedAsync(catalog.Client, list)));

        await using (var scope = catalog.Factory.Services.CreateAsyncScope())
        {
            var migrator = scope.ServiceProvider.GetRequiredService<CatalogDbContext>().GetService<IMigrator>();
            await migrator.MigrateAsync("20261120230134_AnnounceChanges");
            await migrator.MigrateAsync();
        }

        // Another process, which remembers no page.
        await using var second = catalog.Start();
        using var client = second.CreateClient();
        for (var list = 0; list < lists.Length; list++)
        {
            Assert.NotEmpty(before[list]);
            Assert.Equal(before[list], await ListedAsync(client, lists[list]));
        }
    }

    private static async Task<List<string>> ListedAsync(HttpClient client, string list)
    {
        var page = await (await client.GetAsync($"/products?{list}")).JsonAsync();
        return [.. page.GetProperty("products").EnumerateArray().Select(product => product.GetProperty("id").GetString()!)];
    }
}
