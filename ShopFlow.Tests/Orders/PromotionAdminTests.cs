using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using static ShopFlow.Tests.Orders.PromotionsUnderTest;

namespace ShopFlow.Tests.Orders;

public sealed class PromotionAdminTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    private readonly HttpClient admin = orders.ClientOf(role: "admin");

    [Fact]
    public async Task One_without_a_code_holds_in_every_replica_until_it_is_ended()
    {
        await using var replica = orders.StartReplica();
        var other = orders.ClientOf(replica: replica);
        Assert.Equal("12.90", await BooksTotalAsync(other));

        var created = await orders.PromotionAsync(new { name = "Tea time", terms = new { kind = "Percentage", percent = 50, skus = new[] { "BOOK" } } });

        Assert.Equal("Active", created.GetProperty("status").GetString());
        Assert.Equal("6.45", await BooksTotalAsync(admin));
        await Eventually.TrueAsync(async () => await BooksTotalAsync(other) == "6.45", TimeSpan.FromSeconds(10), () => "the replica knows nothing of it");

        using var ended = await admin.PostAsync($"/admin/promotions/{Id(created)}/end", null);
        using var again = await admin.PostAsync($"/admin/promotions/{Id(created)}/end", null);

        Assert.Equal("Ended", (await ended.JsonAsync()).GetProperty("status").GetString());
        Assert.Equal((HttpStatusCode.OK, ended.Headers.ETag), (again.StatusCode, again.Headers.ETag));
        Assert.Equal("12.90", await BooksTotalAsync(admin));
        await Eventually.TrueAsync(async () => await BooksTotalAsync(other) == "12.90", TimeSpan.FromSeconds(10), () => "the replica still has it");
    }

    [Fact]
    public async Task What_is_read_is_what_was_created()
    {
        var form = JsonNode.Parse("""
            {
              "name": "Spring", "code": "spring-24", "combinable": false, "priority": 3, "limitTotal": 100, "limitPerCustomer": 2,
              "startsAt": "2030-03-01T00:00:00+01:00", "endsAt": "2030-04-01T00:00:00+02:00",
              "terms": { "kind": "Tiered", "tiers": [{ "spend": { "USD": 50.50, "JPY": 5000 }, "percent": 5 }], "skus": ["MUG"] }
            }
            """)!;
        using var created = await admin.PostAsJsonAsync("/admin/promotions", form);
        var read = await admin.GetFromJsonAsync<JsonElement>(created.Headers.Location);

        Assert.True(JsonElement.DeepEquals(await created.JsonAsync(), read));
        Assert.Equal(("SPRING-24", "Scheduled", 0), (read.GetProperty("code").GetString(), read.GetProperty("status").GetString(), read.GetProperty("redeemed").GetInt32()));
        Assert.Equal(new DateTimeOffset(2030, 2, 28, 23, 0, 0, TimeSpan.Zero), read.GetProperty("startsAt").GetDateTimeOffset());
        Assert.Equal("50.50", read.GetProperty("terms").GetProperty("tiers")[0].GetProperty("spend").GetProperty("USD").GetRawText());

        using var taken = await admin.PostAsJsonAsync("/admin/promotions", form);
        Assert.Equal(["code"], await taken.WrongFieldsAsync());
    }

    [Fact]
    public async Task Twins_with_one_key_make_one_promotion()
    {
        var (key, name) = (Guid.NewGuid().ToString(), $"Twins {Guid.NewGuid()}");
        var form = new { name, terms = new { kind = "Percentage", percent = 1, skus = new[] { "NO-SUCH" } } };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(form, key)));
        using var later = await PostAsync(form, key);
        using var other = await PostAsync(new { name = "Another", form.terms }, key);

        Assert.All(answers.Append(later), answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Append(later).Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
        Assert.Equal("idempotency-key-reused", await other.ProblemAsync(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(1, await orders.WithDbAsync(db => db.Promotions.CountAsync(promotion => promotion.Name == name)));
    }

    [Fact]
    public async Task Of_two_who_change_the_same_version_one_is_told()
    {
        var code = await orders.CouponAsync(TenPercent);
        var (id, eTag) = await FindAsync(code);
        var form = new { name = "Changed", code, terms = new { kind = "Percentage", percent = 20 } };

        var answers = await Task.WhenAll(PutAsync(id, form, eTag), PutAsync(id, form, eTag));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], answers.Select(answer => answer.StatusCode).Order());
        using var blind = await admin.PutAsJsonAsync($"/admin/promotions/{id}", form);
        Assert.Equal("if-match-required", await blind.ProblemAsync(HttpStatusCode.PreconditionRequired));
        using var quoted = await orders.Guest().PostAsJsonAsync("/checkout/quote", TwoMugs(code));
        Assert.Equal("8.80", (await quoted.JsonAsync()).GetProperty("total").GetRawText());
    }

    [Fact]
    public async Task A_limit_stays_above_what_is_redeemed_and_a_code_stays_what_it_is()
    {
        var code = await orders.CouponAsync(TenPercent);
        for (var order = 0; order < 2; order++)
            using (await OrdersUnderTest.PlaceAsync(orders.ClientOf(), TwoMugs(code))) { }
        var (id, eTag) = await FindAsync(code);

        using var tooLow = await PutAsync(id, new { name = "Less", code, limitTotal = 1, terms = TenPercent }, eTag);
        using var renamed = await PutAsync(id, new { name = "Else", code = "SOMETHING-ELSE", terms = TenPercent }, eTag);
        using var exact = await PutAsync(id, new { name = "As many", code, limitTotal = 2, terms = TenPercent }, eTag);

        Assert.Equal(["limitTotal"], await tooLow.WrongFieldsAsync());
        Assert.Equal(["code"], await renamed.WrongFieldsAsync());
        Assert.Equal(HttpStatusCode.OK, exact.StatusCode);
        using var refused = await OrdersUnderTest.PlaceAsync(orders.ClientOf(), TwoMugs(code));
        Assert.Equal(["promotionCode"], await refused.WrongFieldsAsync());
    }

    [Fact]
    public async Task The_list_is_paged_newest_first_and_by_status()
    {
        var codes = new List<string>();
        for (var number = 0; number < 5; number++)
            codes.Add(await orders.CouponAsync(TenPercent));

        var (seen, next) = (new List<string>(), "");
        do
        {
            var page = await admin.GetFromJsonAsync<JsonElement>($"/admin/promotions?status=active&limit=2&next={next}");
            Assert.InRange(page.GetProperty("promotions").GetArrayLength(), 1, 2);
            seen.AddRange(page.GetProperty("promotions").EnumerateArray().Select(promotion => promotion.GetProperty("code").GetString() ?? ""));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        Assert.Equal(Enumerable.Reverse(codes), seen.Where(codes.Contains));
        using var wrong = await admin.GetAsync("/admin/promotions?status=7&limit=0&next=x&code=");
        Assert.Equal(["code", "limit", "next", "status"], await wrong.WrongFieldsAsync());
    }

    [Theory]
    [InlineData("""{}""", "name", "terms")]
    [InlineData("""{"name": "", "code": "a b", "priority": 1001, "terms": {}}""", "code", "name", "priority", "terms.kind")]
    [InlineData("""{"name": "A", "terms": {"kind": "Percentage"}}""", "terms.percent")]
    [InlineData("""{"name": "A", "terms": {"kind": 9, "percent": 5}}""", "terms.kind")]
    [InlineData("""{"name": "A", "terms": {"kind": "Half"}}""", "terms.kind")]
    [InlineData("""{"name": "A", "terms": {"kind": "Percentage", "percent": 100.5, "amount": {"USD": 1}, "buy": 1, "shippingOptions": ["x"]}}""", "terms.amount", "terms.buy", "terms.percent", "terms.shippingOptions")]
    [InlineData("""{"name": "A", "terms": {"kind": "Fixed", "amount": {"JPY": 1.5, "XXX": 1, "USD": -1}}}""", "terms.amount", "terms.amount.JPY", "terms.amount.USD")]
    [InlineData("""{"name": "A", "terms": {"kind": "Fixed", "amount": {"USD": 79228162514264337593543950335}, "minimum": {}}}""", "terms.amount.USD", "terms.minimum")]
    [InlineData("""{"name": "A", "terms": {"kind": "BuyXGetY", "buy": 0, "percent": 0.0001}}""", "terms.buy", "terms.get", "terms.percent")]
    [InlineData("""{"name": "A", "terms": {"kind": "Tiered", "tiers": []}}""", "terms.tiers")]
    [InlineData("""{"name": "A", "terms": {"kind": "Tiered", "tiers": [null, {"pieces": 2, "percent": 5}, {"pieces": 2, "percent": 5}, {"spend": {"USD": 1}, "percent": 5}, {}]}}""", "terms.tiers[0]", "terms.tiers[2]", "terms.tiers[3]", "terms.tiers[4]", "terms.tiers[4].percent")]
    [InlineData("""{"name": "A", "terms": {"kind": "FreeShipping", "skus": [], "productIds": ["x", null]}}""", "terms.productIds[0]", "terms.productIds[1]", "terms.skus")]
    [InlineData("""{"name": "A", "limitTotal": 0, "limitPerCustomer": 1, "terms": {"kind": "FreeShipping"}}""", "limitPerCustomer", "limitTotal")]
    [InlineData("""{"name": "A", "startsAt": "2030-01-02T00:00:00Z", "endsAt": "2030-01-01T00:00:00Z", "terms": {"kind": "FreeShipping"}}""", "endsAt")]
    [InlineData("""{"name": "A", "startsAt": "tomorrow", "terms": {"kind": "FreeShipping"}}""", "startsAt")]
    [InlineData("""{"name": "A\u0000", "terms": {"kind": "FreeShipping", "skus": ["\u0000"]}}""", "name", "terms.skus[0]")]
    public async Task Every_wrong_field_is_named_and_nothing_is_stored(string form, params string[] fields)
    {
        var before = await CountAsync();

        using var created = await admin.PostAsync("/admin/promotions", new StringContent(form, null, "application/json"));
        using var changed = await PutAsync(Guid.NewGuid(), JsonNode.Parse(form)!, "\"1\"");

        Assert.Equal(fields, await created.WrongFieldsAsync());
        Assert.Equal(fields, await changed.WrongFieldsAsync());
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Promotions_are_for_administrators_and_unknown_ones_are_404()
    {
        var unknown = $"/admin/promotions/{Guid.NewGuid()}";
        using var customer = await orders.ClientOf().GetAsync("/admin/promotions");
        using var guest = await orders.Guest().PostAsJsonAsync("/admin/promotions", new { });
        using var read = await admin.GetAsync(unknown);
        using var ended = await admin.PostAsync($"{unknown}/end", null);
        using var changed = await PutAsync(Guid.NewGuid(), new { name = "A", terms = TenPercent }, "\"1\"");

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized], new[] { customer.StatusCode, guest.StatusCode });
        Assert.All(new[] { read, ended, changed }, answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
    }

    private static Guid Id(JsonElement promotion) => promotion.GetProperty("id").GetGuid();

    private static async Task<string> BooksTotalAsync(HttpClient client)
    {
        using var quoted = await client.PostAsJsonAsync("/checkout/quote", new { items = new[] { new { sku = "BOOK", quantity = 1 } }, currency = "EUR" });
        return (await quoted.JsonAsync()).GetProperty("total").GetRawText();
    }

    private async Task<(Guid Id, string ETag)> FindAsync(string code)
    {
        var page = await admin.GetFromJsonAsync<JsonElement>($"/admin/promotions?code={code}");
        var id = Id(page.GetProperty("promotions")[0]);
        using var read = await admin.GetAsync($"/admin/promotions/{id}");
        return (id, read.Headers.ETag!.Tag);
    }

    private async Task<HttpResponseMessage> PostAsync(object form, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/promotions") { Content = JsonContent.Create(form) };
        request.Headers.Add("Idempotency-Key", key);
        return await admin.SendAsync(request);
    }

    private async Task<HttpResponseMessage> PutAsync(Guid id, object form, string eTag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/admin/promotions/{id}") { Content = JsonContent.Create(form) };
        request.Headers.TryAddWithoutValidation("If-Match", eTag);
        return await admin.SendAsync(request);
    }

    private Task<int> CountAsync() => orders.WithDbAsync(db => db.Promotions.CountAsync());
}
