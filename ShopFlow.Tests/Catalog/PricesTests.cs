using System.Net;
using System.Net.Http.Json;
using ShopFlow.Contracts;

namespace ShopFlow.Tests.Catalog;

public sealed class PricesTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    [Fact]
    public async Task SKUs_and_products_are_priced_in_minor_units_and_unknown_ones_left_out()
    {
        var products = await catalog.ProductsAsync("limit=2&currency=JPY");
        var sku = products[0].GetProperty("variants")[0].GetProperty("sku").GetString();
        var productId = products[1].GetProperty("id").GetString();

        var response = await AskAsync(new { skus = new[] { sku, "NO-SUCH-SKU" }, productIds = new[] { productId, "nonsense" }, currency = "JPY" });
        var prices = (await response.JsonAsync()).GetProperty("prices").EnumerateArray().ToList();

        Assert.Equal(2, prices.Count);
        var bySku = prices.Single(price => price.GetProperty("sku").GetString() == sku);
        var byProduct = prices.Single(price => price.GetProperty("productId").GetString() == productId);
        Assert.Equal(products[0].GetProperty("variants")[0].GetProperty("price").GetInt64(), bySku.GetProperty("price").GetInt64());
        Assert.Equal(products[1].GetProperty("variants")[0].GetProperty("sku").GetString(), byProduct.GetProperty("sku").GetString());
        Assert.Equal("JPY", byProduct.GetProperty("currency").GetString());
    }

    [Fact]
    public async Task Every_wrong_field_is_named()
    {
        Assert.Equal(["currency", "skus"], await (await AskAsync(new { currency = "XYZ" })).WrongFieldsAsync());
        Assert.Equal(["skus"], await (await AskAsync(new { skus = Enumerable.Repeat("A", 101), currency = "USD" })).WrongFieldsAsync());
    }

    [Fact]
    public async Task An_entry_has_what_shipping_tax_and_the_cart_need()
    {
        var sku = ProductForms.NewSku();
        await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Kettle", 12m, sku));
        await catalog.StockIsAsync(new StockLevel(sku, 7, 1));

        var price = (await (await AskAsync(new { skus = new[] { sku }, currency = "EUR" })).JsonAsync()).GetProperty("prices")[0];

        Assert.Equal(1200, price.GetProperty("price").GetInt64());
        Assert.Equal("standard", price.GetProperty("taxClass").GetString());
        Assert.Equal(900, price.GetProperty("weightGrams").GetInt32());
        Assert.Equal(7, price.GetProperty("available").GetInt32());
        Assert.Equal($"/images/{price.GetProperty("productId").GetString()}.svg", price.GetProperty("imageUrl").GetString());
    }

    [Fact]
    public async Task A_question_asked_after_a_price_change_gets_the_new_price_from_every_replica()
    {
        await using var second = catalog.Start();
        using var elsewhere = second.CreateClient();
        var sku = ProductForms.NewSku();
        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Kettle", 1m, sku));
        var (path, eTag) = (created.Headers.Location!.ToString(), created.Headers.ETag!.ToString());
        var question = new { skus = new[] { sku }, currency = "JPY" };
        using var stop = new CancellationTokenSource();
        var crowd = Enumerable.Range(0, 8).Select(_ => AskUntilAsync(elsewhere, question, stop.Token)).ToList();

        for (var price = 2; price <= 40; price++)
        {
            var edited = await catalog.SendAsync(HttpMethod.Put, path, ProductForms.Kettle("Kettle", price, sku), eTag);
            eTag = edited.Headers.ETag!.ToString();

            foreach (var replica in new[] { elsewhere, catalog.Client })
            {
                var answer = await (await replica.PostAsJsonAsync("/internal/prices", question)).JsonAsync();
                Assert.Equal(price, answer.GetProperty("prices")[0].GetProperty("price").GetInt32());
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(crowd);
    }

    [Fact]
    public async Task Questions_asked_together_get_each_its_own_answer()
    {
        var products = await catalog.ProductsAsync();
        string[] currencies = ["USD", "JPY", "EUR"];

        var answers = await Task.WhenAll(products.SelectMany(_ => currencies, async (product, currency) =>
        {
            var sku = product.GetProperty("variants")[0].GetProperty("sku").GetString();
            var answer = await (await AskAsync(new { skus = new[] { sku }, currency })).JsonAsync();
            return (Asked: (sku, currency), Prices: answer.GetProperty("prices").EnumerateArray().ToList());
        }));

        Assert.All(answers, answer =>
        {
            var price = Assert.Single(answer.Prices);
            Assert.Equal(answer.Asked, (price.GetProperty("sku").GetString(), price.GetProperty("currency").GetString()));
        });
    }

    /// <summary>A crowd, so that questions are answered together.</summary>
    private static async Task AskUntilAsync(HttpClient client, object question, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("/internal/prices", question, CancellationToken.None)).StatusCode);
    }

    private Task<HttpResponseMessage> AskAsync(object question) => catalog.Client.PostAsJsonAsync("/internal/prices", question);
}
