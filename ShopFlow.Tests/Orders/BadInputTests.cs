using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace ShopFlow.Tests.Orders;

/// <summary>Whatever is sent, the answer is a 4xx in problem details, and nothing is stored.</summary>
public sealed class BadInputTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    private static readonly string[] Paths =
    [
        "/checkout/quote", "/orders", "/orders/{id}/returns", "/admin/orders/{id}/shipments", "/admin/orders/{id}/refunds",
        "/admin/promotions", "/admin/orders/{id}/returns/{id}/receive", "/admin/orders/{id}/returns/{id}/reject", "/admin/orders/{id}/shipments/{id}/ship",
    ];

    private static readonly byte[][] Bodies =
    [
        .. new[]
        {
            "{", "[]", "null", "\"text\"", "{\"items\":{}}", "{\"items\":[[]]}", "{\"items\":[{\"sku\":7,\"quantity\":1}]}",
            "{\"items\":[{\"sku\":\"MUG\",\"quantity\":1e99}],\"lines\":[{\"sku\":\"MUG\",\"quantity\":1e99}]}",
            "{\"items\":[{\"sku\":\"MUG\",\"quantity\":1.5}],\"lines\":[{\"sku\":\"MUG\",\"quantity\":1.5}]}",
            "{\"items\":[{\"sku\":\"\\ud800\",\"quantity\":1}],\"lines\":[{\"sku\":\"\\ud800\",\"quantity\":1}]}",
            "{\"items\":[{\"sku\":\"\\u0000\",\"quantity\":1}],\"lines\":[{\"sku\":\"\\u0000\",\"quantity\":1}],\"reason\":\"\\u0000\"}",
            "{\"items\":[{\"sku\":\"NO-SUCH\",\"quantity\":1}],\"lines\":[{\"sku\":\"NO-SUCH\",\"quantity\":1}]}",
            "{\"items\":[{\"sku\":\"MUG\",\"quantity\":1}],\"lines\":7,\"email\":\"a\\u0000@b\",\"paymentMethod\":\"\\u0000\",\"currency\":\"usd\",\"carrier\":7}",
            "{\"items\":[{\"sku\":\"MUG\",\"quantity\":1}],\"currency\":\"USDX\",\"shippingAddress\":[],\"lines\":[],\"reason\":\"\"}",
            "{\"items\":null,\"lines\":[null],\"reason\":null}",
            new string('[', 10_000),
        }.Select(Encoding.UTF8.GetBytes),
        [0xff, 0xfe, 0x00],
        [.. "{\"items\":[{\"sku\":\""u8, 0xc3, 0x28, .. "\",\"quantity\":1}],\"reason\":\""u8, 0xc3, 0x28, .. "\"}"u8],
        [],
    ];

    [Fact]
    public async Task Every_bad_body_is_a_4xx_with_a_problem_and_stores_nothing()
    {
        var order = await PaidOrder.DeliveredAsync(orders);
        var before = await RowsAsync();

        foreach (var path in Paths)
        {
            foreach (var body in Bodies)
                await AssertRefusedAsync(order, path, body, "application/json");

            await AssertRefusedAsync(order, path, "{}"u8.ToArray(), "text/plain");
            await AssertRefusedAsync(order, path, "<items/>"u8.ToArray(), "application/xml");
        }

        Assert.Equal(before, await RowsAsync());
    }

    [Theory]
    [InlineData("/orders/7")]
    [InlineData("/orders/00000000-0000-0000-0000-000000000000")]
    [InlineData("/admin/orders/not-an-id")]
    [InlineData("/orders?limit=x")]
    [InlineData("/orders?limit=101")]
    [InlineData("/orders?next=%00")]
    [InlineData("/orders?userId=%00")]
    [InlineData("/admin/orders?status=%00")]
    public async Task Every_bad_address_is_a_4xx(string path)
    {
        using var answer = await orders.ClientOf(role: "admin").GetAsync(path);

        Assert.InRange((int)answer.StatusCode, 400, 499);
    }

    [Theory]
    [InlineData("\u00fc")]
    [InlineData("")]
    public async Task A_key_must_be_a_key(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);

        using var refused = await orders.ClientOf().SendAsync(request);

        Assert.InRange((int)refused.StatusCode, 400, 499);
    }

    private async Task AssertRefusedAsync(PaidOrder order, string path, byte[] body, string contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path.Replace("{id}", order.Id.ToString(), StringComparison.Ordinal));
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());

        using var answer = await order.Admin.SendAsync(request);

        var what = $"{path} {Encoding.UTF8.GetString(body)[..Math.Min(80, body.Length)]}";
        Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{what}: {(int)answer.StatusCode}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private Task<List<long>> RowsAsync() => orders.WithDbAsync(db => db.Database.SqlQuery<long>($"""
        select count(*) as "Value" from orders union all select count(*) from shipments union all select count(*) from returns
        union all select count(*) from refunds union all select count(*) from placed_requests union all select count(*) from rates
        union all select count(*) from promotions
        """).ToListAsync());
}
