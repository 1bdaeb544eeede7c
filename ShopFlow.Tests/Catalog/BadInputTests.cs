using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ShopFlow.Tests.Catalog;

/// <summary>What nobody should send: always a 4xx with problem details that name the field, and nothing stored.</summary>
public sealed class BadInputTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    public static TheoryData<string, string, string> WrongProducts => new()
    {
        { "slug", "null", "slug" },
        { "slug", "\"a\\u0000b\"", "slug" },
        { "name", "7", "name" },
        { "name", "\"\\u0000\"", "name" },
        { "name", $"\"{new string('x', 201)}\"", "name" },
        { "description", $"\"{new string('x', 4001)}\"", "description" },
        { "category", "\"no-such-category\"", "category" },
        { "category", $"\"{new string('x', 100_000)}\"", "category" },
        { "taxClass", "\"free\"", "taxClass" },
        { "options", "[null]", "options[0],variants[0].options" },
        { "options", "[\"A\",\"B\",\"C\",\"D\"]", "options,variants[0].options" },
        { "variants", "[]", "variants" },
        { "variants", "[null]", "variants[0]" },
        { "variants", "{}", "variants" },
        { "variants[0].sku", "\"lower case\"", "variants[0].sku" },
        { "variants[0].weight", "-1", "variants[0].weight" },
        { "variants[0].weight", "1.5", "variants[0].weight" },
        { "variants[0].weight", "99999999999999999999", "variants[0].weight" },
        { "variants[0].prices", "[]", "variants[0].prices" },
        { "variants[0].prices[0].amount", "-1", "variants[0].prices[0].amount" },
        { "variants[0].prices[0].amount", "0", "variants[0].prices[0].amount" },
        { "variants[0].prices[0].amount", "1e27", "variants[0].prices[0].amount" },
        { "variants[0].prices[0].amount", "1e400", "variants[0].prices[0].amount" },
        { "variants[0].prices[0].amount", "10.005", "variants[0].prices[0].amount" },
        { "variants[0].prices[0].amount", "\"10\"", "variants[0].prices[0].amount" },
        { "variants[0].prices[0].currency", "\"XYZ\"", "variants[0].prices,variants[0].prices[0].amount" },
    };

    [Theory]
    [MemberData(nameof(WrongProducts))]
    public async Task A_wrong_field_of_a_product_is_named(string path, string value, string fields)
    {
        var form = JsonSerializer.SerializeToNode(ProductForms.Kettle("Kettle"))!;
        Set(form, path, value);
        var before = await TotalAsync();

        var response = await SendAsync("/products", Encoding.UTF8.GetBytes(form.ToJsonString()), "application/json");

        Assert.Equal(fields.Split(','), await response.WrongFieldsAsync());
        Assert.Equal(before, await TotalAsync());
    }

    [Theory]
    [InlineData("/products")]
    [InlineData("/categories")]
    [InlineData("/internal/prices")]
    public async Task A_body_that_is_none_is_refused(string path)
    {
        byte[][] bodies = [[], "{"u8.ToArray(), "[]"u8.ToArray(), "null"u8.ToArray(), [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}']];
        foreach (var body in bodies)
            Assert.Equal("invalid-request", await (await SendAsync(path, body, "application/json")).ProblemAsync(HttpStatusCode.BadRequest));

        Assert.Equal("unsupported-media-type", await (await SendAsync(path, "{}"u8.ToArray(), "text/plain")).ProblemAsync(HttpStatusCode.UnsupportedMediaType));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("\"\"")]
    [InlineData("\"99999999999999999999\"")]
    [InlineData("nonsense")]
    public async Task An_ETag_that_is_none_of_the_product_fails_the_precondition(string eTag)
    {
        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Kettle"));

        var response = await catalog.SendAsync(HttpMethod.Put, created.Headers.Location!.ToString(), ProductForms.Kettle("Other"), eTag);

        Assert.Equal("precondition-failed", await response.ProblemAsync(HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task An_unknown_product_is_not_found_and_an_id_that_is_none_neither()
    {
        foreach (var id in new[] { Guid.NewGuid().ToString(), "nonsense" })
        {
            var response = await catalog.SendAsync(HttpMethod.Put, $"/products/{id}", ProductForms.Kettle("Kettle"), "\"1\"");
            Assert.InRange((int)response.StatusCode, 400, 405);
        }
    }

    [Theory]
    [InlineData("""{"skus":["A"],"currency":null}""", "currency")]
    [InlineData("""{"skus":["A"],"currency":"usd"}""", "currency")]
    [InlineData("""{"skus":[],"currency":"USD"}""", "skus")]
    [InlineData("""{"skus":[null],"currency":"USD"}""", "skus")]
    [InlineData("""{"skus":["a\u0000"],"currency":"USD"}""", "skus")]
    [InlineData("""{"skus":"A","currency":"USD"}""", "skus")]
    [InlineData("""{"skus":[7],"currency":"USD"}""", "skus[0]")]
    public async Task A_wrong_question_about_prices_is_refused(string question, string field) =>
        Assert.Equal([field], await (await SendAsync("/internal/prices", Encoding.UTF8.GetBytes(question), "application/json")).WrongFieldsAsync());

    private static void Set(JsonNode form, string path, string value)
    {
        var names = path.Replace("[", ".[").Split('.');
        foreach (var name in names[..^1])
            form = name is ['[', .., ']'] ? form[int.Parse(name[1..^1])]! : form[name]!;

        form[names[^1]] = JsonNode.Parse(value);
    }

    private Task<HttpResponseMessage> SendAsync(string path, byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(type);
        return catalog.SendContentAsync(HttpMethod.Post, path, content);
    }

    private async Task<int> TotalAsync() => (await catalog.GetAsync("/products?limit=1")).GetProperty("total").GetInt32();
}
