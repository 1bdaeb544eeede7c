using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ShopFlow.Tests.Catalog;

public sealed class InternalProductsTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    [Fact]
    public async Task Products_are_told_as_lists_show_them_and_archived_ones_are_left_out()
    {
        var listed = await catalog.ProductsAsync("limit=3&currency=EUR");
        var archived = listed[2].GetProperty("id").GetString()!;
        var edited = await catalog.SendAsync(HttpMethod.Get, $"/admin/products/{archived}");
        await catalog.SendAsync(HttpMethod.Post, $"/products/{archived}/archive", eTag: edited.Headers.ETag!.ToString());

        var told = await ToldAsync(new { productIds = listed.Select(product => product.GetProperty("id").GetString()).Append($"{Guid.NewGuid()}"), currency = "EUR" });

        Assert.Equal(2, told.Count);
        foreach (var product in listed[..2])
        {
            var same = told.Single(other => other.GetProperty("id").GetString() == product.GetProperty("id").GetString());
            Assert.True(JsonElement.DeepEquals(product, same), $"{product} is told as {same}");
        }
    }

    [Theory]
    [InlineData("""{"productIds":[]}""", "productIds")]
    [InlineData("""{"currency":"XYZ"}""", "currency", "productIds")]
    [InlineData("""{"productIds":["kettle"]}""", "productIds[0]")]
    public async Task What_is_wrong_with_a_question_is_named(string body, params string[] fields)
    {
        using var content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));

        var response = await catalog.Client.PostAsync(new Uri("/internal/products", UriKind.Relative), content);

        Assert.Equal(fields, await response.WrongFieldsAsync());
    }

    private async Task<List<JsonElement>> ToldAsync(object question)
    {
        var response = await catalog.Client.PostAsJsonAsync("/internal/products", question);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return [.. (await response.JsonAsync()).GetProperty("products").EnumerateArray()];
    }
}
