using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Catalog.Data;
using ShopFlow.Messaging;

namespace ShopFlow.Tests.Catalog;

/// <summary>What waits in the outbox; without a broker it stays there.</summary>
public sealed class EventTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    [Fact]
    public async Task Every_edit_is_told_with_its_products_and_SKUs_former_ones_included()
    {
        var (former, present) = (ProductForms.NewSku(), ProductForms.NewSku());
        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Kettle", 1m, former));
        var path = created.Headers.Location!.ToString();
        var id = path.Split('/')[^1];

        var edited = await catalog.SendAsync(HttpMethod.Put, path, ProductForms.Kettle("Kettle", 2m, present), created.Headers.ETag!.ToString());
        var archived = await catalog.SendAsync(HttpMethod.Post, $"{path}/archive", eTag: edited.Headers.ETag!.ToString());
        await catalog.SendAsync(HttpMethod.Post, $"{path}/restore", eTag: archived.Headers.ETag!.ToString());

        string[] both = [former, present];
        Assert.Equal([[former], [.. both.Order(StringComparer.Ordinal)], [present], [present]], await ToldAsync(id));
    }

    [Fact]
    public async Task What_was_refused_is_not_told()
    {
        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Kettle"));
        var path = created.Headers.Location!.ToString();

        var late = await catalog.SendAsync(HttpMethod.Put, path, ProductForms.Kettle("Late"), "\"1\"");

        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Single(await ToldAsync(path.Split('/')[^1]));
    }

    [Fact]
    public async Task An_import_tells_of_what_it_changed_and_of_nothing_else()
    {
        var (same, changed) = (ProductForms.NewSku(), ProductForms.NewSku());
        var slug = $"told-{Guid.NewGuid():N}";
        await ImportAsync(Row($"{slug}-same", same, 1) + Row(slug, changed, 1));
        await ImportAsync(Row($"{slug}-same", same, 1) + Row(slug, changed, 2), "?dryRun=true");
        await ImportAsync(Row($"{slug}-same", same, 1) + Row(slug, changed, 2));

        var id = (await catalog.ProductsAsync("sort=newest&limit=100"))
            .Single(product => product.GetProperty("variants")[0].GetProperty("sku").GetString() == changed).GetProperty("id").GetString()!;
        var told = await ToldAsync(id);
        Assert.Equal(2, told.Count);
        Assert.Equal(new[] { same, changed }.Order(StringComparer.Ordinal), told[0]);
        Assert.Equal([changed], told[1]);
    }

    private static string Row(string slug, string sku, int weight) => $"{slug},Name,Brand,Text,cookware,standard,{sku},{weight},1,1,1,1,1\n";

    private async Task ImportAsync(string rows, string query = "")
    {
        var file = new StringContent($"slug,name,brand,description,category,taxClass,sku,weight,USD,EUR,GBP,INR,JPY\n{rows}", Encoding.UTF8, "text/csv");
        Assert.Equal(HttpStatusCode.OK, (await catalog.SendContentAsync(HttpMethod.Post, $"/admin/products/import{query}", file)).StatusCode);
    }

    /// <summary>The SKUs of each event about a product, oldest event first.</summary>
    private async Task<List<List<string>>> ToldAsync(string productId)
    {
        await using var scope = catalog.Factory.Services.CreateAsyncScope();
        var messages = await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Set<OutboxMessage>()
            .Where(message => message.Name == "catalog.products-changed")
            .OrderBy(message => message.Position)
            .Select(message => message.Payload)
            .ToListAsync();

        return [.. messages
            .Select(payload => JsonSerializer.Deserialize<JsonElement>(payload))
            .Where(e => e.GetProperty("productIds").EnumerateArray().Any(id => id.GetString() == productId))
            .Select(e => e.GetProperty("skus").EnumerateArray().Select(sku => sku.GetString()!).Order(StringComparer.Ordinal).ToList())];
    }
}
