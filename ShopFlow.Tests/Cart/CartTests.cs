using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Cart.Editing;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Tests.Servers;
using StackExchange.Redis;
using static ShopFlow.Tests.Cart.CartUnderTest;

namespace ShopFlow.Tests.Cart;

public sealed class CartTests(RedisServer redis) : IAsyncLifetime
{
    private readonly string _user = Guid.NewGuid().ToString();
    private CartUnderTest _cart = null!;

    public async ValueTask InitializeAsync()
    {
        _cart = await CartUnderTest.StartAsync(redis);
        _cart.Catalog.Sell("TEE", 1999);
        _cart.Catalog.Sell("MUG", 1250);
    }

    public ValueTask DisposeAsync() => _cart.DisposeAsync();

    [Fact]
    public async Task A_guest_gets_a_cart_with_the_first_item_and_finds_it_again_by_header_and_by_cookie()
    {
        using var stranger = _cart.Guest();
        Assert.Equal(JsonValueKind.Null, (await CartOf(stranger)).GetProperty("id").ValueKind);

        using var added = await stranger.PostAsJsonAsync("/cart/items", new { productId = "product-of-TEE", quantity = 2 });
        var id = added.Headers.GetValues("Cart-Id").Single();
        var cookie = added.Headers.GetValues("Set-Cookie").Single();

        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        using var byHeader = _cart.Guest(id);
        using var byCookie = _cart.Guest();
        byCookie.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        Assert.Equal(2, (await PiecesOf(byHeader))["TEE"]);
        var cart = await CartOf(byCookie);
        Assert.Equal((39.98m, "USD", id), (cart.GetProperty("subtotal").GetDecimal(), cart.GetProperty("currency").GetString(), cart.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Of_a_hundred_additions_at_once_none_is_lost()
    {
        _cart.Catalog.Sell("A", 100);
        _cart.Catalog.Sell("B", 100);
        using var client = _cart.User(_user);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number =>
            client.PostAsJsonAsync("/cart/items", new { sku = number % 2 == 0 ? "A" : "B", quantity = 1 })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(new() { ["A"] = 50, ["B"] = 50 }, await PiecesOf(client));
    }

    [Fact]
    public async Task Signing_in_merges_the_guests_cart_once_however_many_requests_race()
    {
        using var user = _cart.User(_user);
        await user.PutAsJsonAsync("/cart/items/TEE", new { quantity = 3 });
        await user.PutAsJsonAsync("/cart/currency", new { currency = "USD" });
        var (guest, id) = await _cart.GuestWithAsync("TEE", 4);
        await guest.PostAsJsonAsync("/cart/items", new { sku = "MUG", quantity = 1 });
        using var both = _cart.User(_user, id);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => both.GetAsync("/cart")));

        Assert.Equal(new() { ["TEE"] = 7, ["MUG"] = 1 }, await PiecesOf(user));
        Assert.Empty(await PiecesOf(guest));
    }

    [Fact]
    public async Task A_merge_stops_at_the_bound_of_pieces_and_keeps_the_users_currency()
    {
        _cart.Catalog.Sell("TEE", 1799, "EUR");
        using var user = _cart.User(_user);
        await user.PutAsJsonAsync("/cart/items/TEE", new { quantity = 90 });
        await user.PutAsJsonAsync("/cart/currency", new { currency = "EUR" });
        var (guest, id) = await _cart.GuestWithAsync("TEE", 90);
        await guest.PutAsJsonAsync("/cart/currency", new { currency = "JPY" });

        using var both = _cart.User(_user, id);
        var cart = await CartOf(both);

        Assert.Equal("EUR", cart.GetProperty("currency").GetString());
        Assert.Equal(99, cart.GetProperty("items")[0].GetProperty("quantity").GetInt32());
        Assert.Equal(17.99m, cart.GetProperty("items")[0].GetProperty("unitPrice").GetDecimal());
    }

    [Fact]
    public async Task A_new_price_is_told_until_the_shopper_changes_the_cart()
    {
        var (client, _) = await _cart.GuestWithAsync("TEE", 1);
        _cart.Catalog.Sell("TEE", 2499);

        var told = (await CartOf(client)).GetProperty("changes")[0];
        Assert.Equal(("TEE", "PriceChanged", 19.99m, 24.99m),
            (told.GetProperty("sku").GetString(), told.GetProperty("kind").GetString(), told.GetProperty("from").GetDecimal(), told.GetProperty("to").GetDecimal()));
        Assert.Equal(1, (await CartOf(client)).GetProperty("changes").GetArrayLength());

        using var changed = await client.PutAsJsonAsync("/cart/items/MUG", new { quantity = 1 });
        Assert.Equal(1, (await changed.JsonAsync()).GetProperty("changes").GetArrayLength());
        Assert.Equal(0, (await CartOf(client)).GetProperty("changes").GetArrayLength());
    }

    [Fact]
    public async Task What_can_not_be_bought_any_more_is_told_and_not_counted()
    {
        var (client, _) = await _cart.GuestWithAsync("TEE", 5);
        await client.PostAsJsonAsync("/cart/items", new { sku = "MUG" });
        _cart.Catalog.Sell("TEE", 1999, available: 2);
        _cart.Catalog.Withdraw("MUG");

        var cart = await CartOf(client);

        Assert.Equal(["QuantityUnavailable", "Unavailable"], cart.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("kind").GetString()));
        Assert.Equal(99.95m, cart.GetProperty("subtotal").GetDecimal());
        Assert.Equal(JsonValueKind.Null, cart.GetProperty("items")[1].GetProperty("unitPrice").ValueKind);
    }

    [Fact]
    public async Task Without_catalog_a_cart_is_shown_at_the_last_prices_and_says_so()
    {
        var (client, _) = await _cart.GuestWithAsync("TEE", 2);
        _cart.Catalog.Down = true;

        var cart = await CartOf(client);
        using var added = await client.PostAsJsonAsync("/cart/items", new { sku = "MUG" });

        Assert.True(cart.GetProperty("pricesAreStale").GetBoolean());
        Assert.Equal(39.98m, cart.GetProperty("subtotal").GetDecimal());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, added.StatusCode);
    }

    [Fact]
    public async Task An_order_empties_the_cart_it_was_placed_from_unless_that_has_changed_since()
    {
        var (client, id) = await _cart.GuestWithAsync("TEE", 1);
        var ordered = (await client.GetFromJsonAsync<JsonElement>($"/internal/carts/guest:{id}")).GetProperty("version").GetInt64();
        await client.PostAsJsonAsync("/cart/items", new { sku = "MUG" });

        await PlacedAsync(id, ordered);
        Assert.Equal(2, (await PiecesOf(client)).Count);

        var current = (await CartOf(client)).GetProperty("version").GetInt64();
        await PlacedAsync(id, current);
        Assert.Empty(await PiecesOf(client));

        // The same version never comes again, so that a late second delivery finds nothing.
        await client.PostAsJsonAsync("/cart/items", new { sku = "MUG" });
        await PlacedAsync(id, current);
        Assert.Single(await PiecesOf(client));
    }

    [Fact]
    public async Task Carts_are_bounded_and_expire()
    {
        var (client, id) = await _cart.GuestWithAsync("TEE", 98);
        using var tooMany = await client.PostAsJsonAsync("/cart/items", new { sku = "TEE", quantity = 2 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMany.StatusCode);
        Assert.Equal(98, (await PiecesOf(client))["TEE"]);

        for (var line = 1; line < 50; line++)
        {
            _cart.Catalog.Sell($"SKU-{line}", 100);
            await client.PutAsJsonAsync($"/cart/items/SKU-{line}", new { quantity = 1 });
        }

        using var another = await client.PutAsJsonAsync("/cart/items/MUG", new { quantity = 1 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, another.StatusCode);
        Assert.Equal(50, (await PiecesOf(client)).Count);

        using var connection = await ConnectionMultiplexer.ConnectAsync(await redis.RunningAddressAsync());
        var lifetime = await connection.GetDatabase().KeyTimeToLiveAsync($"cart:guest:{id}");
        Assert.InRange(lifetime!.Value, TimeSpan.FromDays(29.9), TimeSpan.FromDays(30));
    }

    [Fact]
    public async Task Nobody_reaches_the_cart_of_another()
    {
        using var owner = _cart.User(_user);
        await owner.PutAsJsonAsync("/cart/items/TEE", new { quantity = 1 });
        using var other = _cart.User(Guid.NewGuid().ToString());
        using var guest = _cart.Guest($"user:{_user}");
        using var expired = _cart.Guest();
        expired.DefaultRequestHeaders.Authorization = new("Bearer", "e30.e30.e30");

        Assert.Empty(await PiecesOf(other));
        Assert.Empty(await PiecesOf(guest));
        Assert.Equal(HttpStatusCode.Unauthorized, (await expired.GetAsync("/cart")).StatusCode);
    }

    [Theory]
    [InlineData("POST", "/cart/items", "{}", "sku")]
    [InlineData("POST", "/cart/items", """{"sku": ""}""", "sku")]
    [InlineData("POST", "/cart/items", """{"sku": "NOTHING"}""", "sku")]
    [InlineData("POST", "/cart/items", """{"sku": 5}""", "sku")]
    [InlineData("POST", "/cart/items", """{"sku": "T\u0000E"}""", "sku")]
    [InlineData("POST", "/cart/items", """{"productId": "nothing"}""", "productId")]
    [InlineData("POST", "/cart/items", """{"sku": "TEE", "productId": "product-of-TEE"}""", "productId")]
    [InlineData("POST", "/cart/items", """{"sku": "TEE", "quantity": 0}""", "quantity")]
    [InlineData("POST", "/cart/items", """{"sku": "TEE", "quantity": -1}""", "quantity")]
    [InlineData("POST", "/cart/items", """{"sku": "TEE", "quantity": 99999999999}""", "quantity")]
    [InlineData("POST", "/cart/items", """{"sku": "TEE", "quantity": "two"}""", "quantity")]
    [InlineData("PUT", "/cart/items/TEE", "{}", "quantity")]
    [InlineData("PUT", "/cart/items/NOTHING", """{"quantity": 1}""", "sku")]
    [InlineData("PUT", "/cart/currency", """{"currency": "XXX"}""", "currency")]
    [InlineData("PUT", "/cart/currency", "{}", "currency")]
    public async Task Bad_input_is_named_and_stores_nothing(string method, string path, string body, string field)
    {
        using var client = _cart.User(_user);
        using var request = new HttpRequestMessage(new(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(field, (await answer.JsonAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.Empty(await PiecesOf(client));
    }

    private Task PlacedAsync(string cartId, long version) =>
        _cart.Services.GetRequiredService<IEventDispatcher>().DeliverAsync<OrderPlaced, ClearOrderedCart>(
            new OrderPlaced(Guid.NewGuid(), "guest", null, [], 0, "USD", $"guest:{cartId}", version));
}
