using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using ShopFlow.Contracts;
using ShopFlow.Orders.Pricing;

namespace ShopFlow.Tests.Orders;

public sealed class GuestCheckoutTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    private static readonly object OneMug = new { items = new[] { new { sku = "MUG", quantity = 1 } }, email = "guest@example.com" };

    [Fact]
    public async Task A_guest_opens_the_order_with_its_key_and_nobody_else_does()
    {
        var (id, key) = await PlacedAsync();

        using var mine = await orders.Guest(orderKey: key).GetAsync($"/orders/{id}");
        using var withoutKey = await orders.Guest().GetAsync($"/orders/{id}");
        using var wrongKey = await orders.Guest(orderKey: key + "x").GetAsync($"/orders/{id}");
        using var otherUser = await orders.ClientOf().GetAsync($"/orders/{id}");
        using var stream = await orders.Guest(orderKey: key).GetAsync($"/orders/{id}/events", HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, withoutKey.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, wrongKey.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, otherUser.StatusCode);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
    }

    [Fact]
    public async Task A_key_opens_one_order_only()
    {
        var (_, key) = await PlacedAsync();
        var (other, _) = await PlacedAsync();
        var ofUser = await OrdersUnderTest.PlacedAsync(orders.ClientOf());

        using var refused = await orders.Guest(orderKey: key).GetAsync($"/orders/{other}");
        using var users = await orders.Guest(orderKey: key).GetAsync($"/orders/{ofUser}");
        using var cancelled = await orders.Guest(orderKey: key).PostAsync($"/orders/{other}/cancel", null);

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, users.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, cancelled.StatusCode);
    }

    [Fact]
    public async Task A_repeated_request_gets_the_same_answer_with_the_same_key_which_is_not_stored()
    {
        var idempotencyKey = Guid.NewGuid().ToString();

        using var first = await OrdersUnderTest.PlaceAsync(orders.Guest(), OneMug, idempotencyKey);
        using var again = await OrdersUnderTest.PlaceAsync(orders.Guest(), OneMug, idempotencyKey);

        var body = await first.Content.ReadAsStringAsync();
        Assert.Equal(body, await again.Content.ReadAsStringAsync());
        var accessKey = (await first.JsonAsync()).GetProperty("accessKey").GetString()!;
        var stored = await orders.WithDbAsync(db => db.Database
            .SqlQuery<string>($"select row_to_json(r)::text || row_to_json(o)::text as \"Value\" from placed_requests r join orders o on o.id = r.order_id")
            .ToListAsync());
        Assert.DoesNotContain(stored, row => row.Contains(accessKey, StringComparison.Ordinal) || row.Contains(idempotencyKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var key = Guid.NewGuid().ToString();
        using var first = await OrdersUnderTest.PlaceAsync(orders.Guest(), OneMug, key);

        using var other = await OrdersUnderTest.PlaceAsync(
            orders.Guest(), new { items = new[] { new { sku = "MUG", quantity = 2 } }, email = "guest@example.com" }, key);

        Assert.Equal("idempotency-key-reused", await other.ProblemAsync(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task A_guest_needs_an_email()
    {
        using var refused = await OrdersUnderTest.PlaceAsync(orders.Guest(), new { items = new[] { new { sku = "MUG", quantity = 1 } } });

        Assert.Equal(["email"], await refused.WrongFieldsAsync());
    }

    [Fact]
    public async Task A_bad_token_makes_nobody_a_guest()
    {
        var client = orders.Guest();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "expired.or.forged");

        using var placed = await OrdersUnderTest.PlaceAsync(client, OneMug);
        using var quoted = await client.PostAsync("/checkout/quote", null);

        Assert.Equal("unauthenticated", await placed.ProblemAsync(HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.Unauthorized, quoted.StatusCode);
    }

    [Fact]
    public async Task A_guest_cancels()
    {
        var (id, key) = await PlacedAsync();

        using var cancelled = await orders.Guest(orderKey: key).PostAsync($"/orders/{id}/cancel", null);

        Assert.Equal("Cancelled", (await cancelled.JsonAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_order_of_a_cart_tells_which_cart_and_version_it_was()
    {
        orders.Carts.Fill("guest:c-1", "USD", new CartItem("MUG", 2), new CartItem("KETTLE-1L", 1));

        using var placed = await OrdersUnderTest.PlaceAsync(orders.Guest("c-1"), new { email = "guest@example.com" });

        var order = await placed.JsonAsync();
        Assert.Equal("30.99", order.GetProperty("total").GetRawText());
        var told = Assert.Single(await orders.PublishedAsync<OrderPlaced>(order.GetProperty("id").GetGuid()));
        Assert.Equal(("guest:c-1", 7), (told.CartId, told.CartVersion));
    }

    [Fact]
    public async Task A_user_orders_from_the_cart_of_the_token()
    {
        var userId = Guid.NewGuid().ToString();
        orders.Carts.Fill($"user:{userId}", "USD", new CartItem("MUG", 1));

        using var placed = await OrdersUnderTest.PlaceAsync(orders.ClientOf(userId), new { });

        Assert.Equal("5.50", (await placed.JsonAsync()).GetProperty("total").GetRawText());
    }

    [Fact]
    public async Task Guests_without_an_email_never_share_a_key_and_repeat_their_own()
    {
        var key = Guid.NewGuid().ToString();

        using var first = await OrderMugsAsync(1, key);
        using var again = await OrderMugsAsync(1, key);
        using var otherBody = await OrderMugsAsync(2, key);
        using var mine = await OrderMugsAsync(1, "1");
        using var theirs = await OrderMugsAsync(1, "1");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("idempotency-key-reused", await otherBody.ProblemAsync(HttpStatusCode.UnprocessableEntity));
        Assert.Equal("idempotency-key-not-unique", await mine.ProblemAsync(HttpStatusCode.BadRequest));
        Assert.Equal("idempotency-key-not-unique", await theirs.ProblemAsync(HttpStatusCode.BadRequest));

        async Task<HttpResponseMessage> OrderMugsAsync(int quantity, string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/order") { Content = JsonContent.Create(new { product = "MUG", quantity }) };
            request.Headers.Add("Idempotency-Key", key);
            return await orders.Guest().SendAsync(request);
        }
    }

    [Fact]
    public async Task A_guest_is_told_of_an_order_again_while_guests_may_not_order()
    {
        var key = Guid.NewGuid().ToString();
        using var placed = await OrdersUnderTest.PlaceAsync(orders.Guest(), OneMug, key);
        await using var closed = orders.Factory.WithWebHostBuilder(host => host.ConfigureTestServices(
            services => services.AddSingleton<IFeatureManager, NothingEnabled>()));

        using var again = await OrdersUnderTest.PlaceAsync(closed.CreateClient(), OneMug, key);
        using var another = await OrdersUnderTest.PlaceAsync(closed.CreateClient(), OneMug);
        using var user = await OrdersUnderTest.PlaceAsync(orders.ClientOf(replica: closed), OneMug);

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await placed.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("sign-in-to-order", await another.ProblemAsync(HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.Created, user.StatusCode);
    }

    [Fact]
    public async Task An_administrator_who_orders_for_a_user_orders_that_users_cart()
    {
        var (adminId, userId) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        orders.Carts.Fill($"user:{adminId}", "USD", new CartItem("KETTLE-1L", 1));
        orders.Carts.Fill($"user:{userId}", "USD", new CartItem("MUG", 2));
        var admin = orders.ClientOf(adminId, role: "admin");

        using var placed = await OrdersUnderTest.PlaceAsync(admin, new { userId });
        using var empty = await OrdersUnderTest.PlaceAsync(admin, new { userId = Guid.NewGuid() });

        var told = Assert.Single(await orders.PublishedAsync<OrderPlaced>((await placed.JsonAsync()).GetProperty("id").GetGuid()));
        Assert.Equal((userId, $"user:{userId}", "MUG"), (told.UserId, told.CartId, told.Lines[0].Sku));
        Assert.Equal(["items"], await empty.WrongFieldsAsync());
    }

    private async Task<(Guid Id, string Key)> PlacedAsync()
    {
        using var placed = await OrdersUnderTest.PlaceAsync(orders.Guest(), OneMug);
        Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
        var order = await placed.JsonAsync();
        return (order.GetProperty("id").GetGuid(), order.GetProperty("accessKey").GetString()!);
    }
}
