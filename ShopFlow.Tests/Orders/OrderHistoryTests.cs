using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ShopFlow.Contracts;
using ShopFlow.Orders.Checkout;

namespace ShopFlow.Tests.Orders;

public sealed class OrderHistoryTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Somebody_elses_order_is_not_found_but_an_administrator_sees_it()
    {
        var id = await OrdersUnderTest.PlacedAsync(orders.ClientOf());

        using var foreign = await orders.ClientOf().GetAsync($"/orders/{id}");
        using var stream = await orders.ClientOf().GetAsync($"/orders/{id}/events");
        using var admin = await orders.ClientOf(role: "admin").GetAsync($"/orders/{id}");

        Assert.Equal("not-found", await foreign.ProblemAsync(HttpStatusCode.NotFound));
        Assert.Equal(HttpStatusCode.NotFound, stream.StatusCode);
        Assert.Equal(HttpStatusCode.OK, admin.StatusCode);
    }

    [Fact]
    public async Task Pages_have_every_order_once_with_the_newest_first()
    {
        var client = orders.ClientOf();
        var placed = new List<Guid>();
        for (var number = 0; number < 5; number++)
        {
            placed.Add(await OrdersUnderTest.PlacedAsync(client));
            orders.Time.Advance(TimeSpan.FromMilliseconds(5));
        }

        var seen = new List<Guid>();
        string? next = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/orders?limit=2&next={next}");
            Assert.Equal(5, page.GetProperty("total").GetInt32());
            seen.AddRange(page.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("id").GetGuid()));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        Assert.Equal(Enumerable.Reverse(placed), seen);
    }

    [Fact]
    public async Task The_list_of_another_user_is_for_administrators()
    {
        var userId = Guid.NewGuid().ToString();
        await OrdersUnderTest.PlacedAsync(orders.ClientOf(userId));

        using var foreign = await orders.ClientOf().GetAsync($"/orders?userId={userId}");
        var admin = await orders.ClientOf(role: "admin").GetFromJsonAsync<JsonElement>($"/orders?userId={userId}");
        using var own = await orders.ClientOf(userId).GetAsync($"/orders?userId={userId}");

        Assert.Equal("forbidden", await foreign.ProblemAsync(HttpStatusCode.Forbidden));
        Assert.Equal(1, admin.GetProperty("total").GetInt32());
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("next=nonsense", "next")]
    public async Task A_wrong_page_is_refused(string query, string field)
    {
        using var refused = await orders.ClientOf().GetAsync($"/orders?{query}");

        Assert.Equal([field], await refused.WrongFieldsAsync());
    }

    [Fact]
    public async Task The_stream_of_another_replica_tells_every_step_and_ends()
    {
        var userId = Guid.NewGuid().ToString();
        var id = await OrdersUnderTest.PlacedAsync(orders.ClientOf(userId));
        await using var replica = orders.StartReplica();
        using var response = await orders.ClientOf(userId, replica: replica).GetAsync($"/orders/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        using var stream = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);

        Assert.Equal("AwaitingStock", await StepAsync(stream));
        await orders.DeliverAsync<StockReserved, StockReservedHandler>(new(id));
        Assert.Equal("AwaitingPayment", await StepAsync(stream));
        await orders.DeliverAsync<PaymentCaptured, PaymentCapturedHandler>(new(id, Guid.NewGuid(), 1100, "USD"));
        Assert.Equal("Confirmed", await StepAsync(stream));
        Assert.Null(await StepAsync(stream));
    }

    [Fact]
    public async Task Who_has_seen_the_last_step_of_an_order_need_not_ask_again()
    {
        var shopper = orders.ClientOf();
        var id = await OrdersUnderTest.PlacedAsync(shopper);
        using var cancelled = await shopper.PostAsync($"/orders/{id}/cancel", null);

        using var all = await FollowAsync(lastSeen: 1);
        using var nothing = await FollowAsync(lastSeen: 2);

        Assert.Equal(HttpStatusCode.OK, all.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);

        async Task<HttpResponseMessage> FollowAsync(int lastSeen)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/orders/{id}/events") { Headers = { { "Last-Event-ID", $"{lastSeen}" } } };
            return await shopper.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }
    }

    private static async Task<string?> StepAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync().WaitAsync(Limit) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonDocument.Parse(line["data: ".Length..]).RootElement.GetProperty("step").GetString();
            }
        }

        return null;
    }
}
