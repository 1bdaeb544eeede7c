using System.Net.Http.Json;

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
        Assert.Equal(["skus"], await (await AskAsync(new { skus = Enumerable.Repeat("A", 51), currency = "USD" })).WrongFieldsAsync());
    }

    private Task<HttpResponseMessage> AskAsync(object question) => catalog.Client.PostAsJsonAsync("/internal/prices", question);
}
