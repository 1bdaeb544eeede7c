using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ShopFlow.Tests.Orders;

public sealed class RatesTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    private readonly HttpClient admin = orders.ClientOf(role: "admin");

    [Fact]
    public async Task A_changed_rate_holds_in_every_replica()
    {
        await using var replica = orders.StartReplica();
        var other = orders.ClientOf(replica: replica);
        var (sheet, eTag) = await ReadAsync();
        var california = sheet["taxZones"]!.AsArray().Single(zone => zone!["places"]![0]!.GetValue<string>() == "US-CA")!;
        var doubled = california["standard"]!.GetValue<decimal>() * 2;
        california["standard"] = doubled;

        using var changed = await PutAsync(sheet, eTag);

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(eTag, changed.Headers.ETag!.Tag);
        Assert.Equal(doubled, await RateAsync(orders.ClientOf()));
        await Eventually.TrueAsync(async () => await RateAsync(other) == doubled, TimeSpan.FromSeconds(10), () => "the replica has the old rate");
    }

    [Fact]
    public async Task Of_two_who_change_the_same_version_one_is_told()
    {
        var (sheet, eTag) = await ReadAsync();

        var answers = await Task.WhenAll(PutAsync(sheet, eTag), PutAsync(sheet, eTag));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], answers.Select(answer => answer.StatusCode).Order());
        using var later = await PutAsync(sheet, eTag);
        Assert.Equal("precondition-failed", await later.ProblemAsync(HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task A_change_names_the_version_that_it_was_made_from()
    {
        var (sheet, _) = await ReadAsync();

        using var refused = await admin.PutAsJsonAsync("/admin/rates", sheet);

        Assert.Equal("if-match-required", await refused.ProblemAsync(HttpStatusCode.PreconditionRequired));
    }

    [Fact]
    public async Task Every_wrong_field_of_a_sheet_is_named()
    {
        var (_, eTag) = await ReadAsync();
        var sheet = JsonNode.Parse("""
            {
              "taxZones": [
                { "name": "", "places": ["Germany", "DE", "DE"], "pricesIncludeTax": true, "standard": -1, "reduced": 101, "shipping": 7.12345 },
                null
              ],
              "shippingZones": [
                { "name": "Europe", "places": ["*"], "options": [
                  { "code": "Standard", "name": "Standard", "tariffs": { "XXX": { "firstKilogram": 1, "furtherKilogram": 1 } } },
                  { "code": "express", "name": "Express", "tariffs": { "JPY": { "firstKilogram": 1.5, "furtherKilogram": -1 } } }
                ] }
              ]
            }
            """)!;

        using var refused = await PutAsync(sheet, eTag);

        Assert.Equal(
            [
                "shippingZones[0].options[0].code", "shippingZones[0].options[0].tariffs",
                "shippingZones[0].options[1].tariffs.JPY.firstKilogram", "shippingZones[0].options[1].tariffs.JPY.furtherKilogram",
                "taxZones[0].name", "taxZones[0].places[0]", "taxZones[0].places[2]", "taxZones[0].reduced", "taxZones[0].shipping", "taxZones[0].standard",
                "taxZones[1]",
            ],
            await refused.WrongFieldsAsync());
    }

    [Fact]
    public async Task Rates_are_for_administrators()
    {
        using var customer = await orders.ClientOf().GetAsync("/admin/rates");
        using var guest = await orders.Guest().GetAsync("/admin/rates");

        Assert.Equal(HttpStatusCode.Forbidden, customer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, guest.StatusCode);
    }

    private async Task<(JsonNode Sheet, string ETag)> ReadAsync()
    {
        using var answer = await admin.GetAsync("/admin/rates");
        return (JsonNode.Parse(await answer.Content.ReadAsStringAsync())!, answer.Headers.ETag!.Tag);
    }

    private async Task<HttpResponseMessage> PutAsync(JsonNode sheet, string eTag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/admin/rates") { Content = JsonContent.Create(sheet) };
        request.Headers.TryAddWithoutValidation("If-Match", eTag);
        return await admin.SendAsync(request);
    }

    private static async Task<decimal> RateAsync(HttpClient client)
    {
        var request = new { items = new[] { new { sku = "MUG", quantity = 1 } }, shippingAddress = new { country = "US", region = "CA" } };
        using var answer = await client.PostAsJsonAsync("/checkout/quote", request);
        return (await answer.JsonAsync()).GetProperty("lines")[0].GetProperty("taxRate").GetDecimal();
    }
}
