using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;

namespace ShopFlow.Tests.Orders;

public sealed class PlaceOrderTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    private static readonly object TwoMugs = new { items = new[] { new { sku = "MUG", quantity = 2 } } };

    [Fact]
    public async Task An_order_has_the_prices_of_the_catalogue_and_waits_for_its_goods()
    {
        var client = orders.ClientOf();
        var request = new { items = new object[] { new { productId = FakeCatalog.KettleId, quantity = 1, price = 0.01 }, new { sku = "MUG", quantity = 3 } } };

        using var placed = await OrdersUnderTest.PlaceAsync(client, request);

        Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
        var order = await placed.JsonAsync();
        var id = order.GetProperty("id").GetGuid();
        Assert.Equal($"/orders/{id}", placed.Headers.Location?.OriginalString);
        Assert.Equal("Pending", order.GetProperty("status").GetString());
        Assert.Equal("36.49", order.GetProperty("total").GetRawText());
        Assert.Equal("USD", order.GetProperty("currency").GetString());
        Assert.Equal(["KETTLE-1L", "MUG"], order.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("sku").GetString()));

        var told = Assert.Single(await orders.PublishedAsync<OrderPlaced>(id));
        Assert.Equal(3649, told.Total);
        Assert.Equal([1999, 550], told.Lines.Select(line => line.UnitPrice));
    }

    [Fact]
    public async Task Yen_have_no_minor_units()
    {
        using var placed = await OrdersUnderTest.PlaceAsync(
            orders.ClientOf(), new { items = new[] { new { sku = "MUG", quantity = 2 } }, currency = "JPY" });

        Assert.Equal("1600", (await placed.JsonAsync()).GetProperty("total").GetRawText());
    }

    [Fact]
    public async Task The_same_sku_twice_is_one_line()
    {
        var request = new { items = new object[] { new { sku = "KETTLE-1L", quantity = 2 }, new { productId = FakeCatalog.KettleId, quantity = 3 } } };

        using var placed = await OrdersUnderTest.PlaceAsync(orders.ClientOf(), request);

        var line = Assert.Single((await placed.JsonAsync()).GetProperty("lines").EnumerateArray());
        Assert.Equal(5, line.GetProperty("quantity").GetInt32());
    }

    [Fact]
    public async Task Every_wrong_field_is_named()
    {
        var request = new
        {
            items = new object?[] { new { sku = "MUG", quantity = 0 }, new { quantity = 1 }, new { sku = "MUG", productId = "x", quantity = 100 }, null },
            currency = "XXX",
            email = "nobody",
            shippingAddress = new { country = "Germany", region = "by", name = "A\0B" },
            shippingOption = "",
        };

        using var refused = await OrdersUnderTest.PlaceAsync(orders.ClientOf(), request);

        Assert.Equal(
            [
                "currency", "email", "items[0].quantity", "items[1]", "items[2]", "items[2].productId", "items[2].quantity", "items[3]",
                "shippingAddress.city", "shippingAddress.country", "shippingAddress.line1", "shippingAddress.name", "shippingAddress.region", "shippingOption",
            ],
            await refused.WrongFieldsAsync());
    }

    [Fact]
    public async Task What_is_not_for_sale_is_named()
    {
        var request = new { items = new object[] { new { sku = "MUG", quantity = 1 }, new { sku = "TEAPOT", quantity = 1 }, new { productId = Guid.NewGuid(), quantity = 1 } } };

        using var refused = await OrdersUnderTest.PlaceAsync(orders.ClientOf(), request);

        Assert.Equal(["items[1].sku", "items[2].productId"], await refused.WrongFieldsAsync());
    }

    [Fact]
    public async Task Too_many_of_one_sku_are_refused_even_in_parts()
    {
        var request = new { items = new[] { new { sku = "MUG", quantity = 60 }, new { sku = "MUG", quantity = 40 } } };

        using var refused = await OrdersUnderTest.PlaceAsync(orders.ClientOf(), request);

        Assert.Equal(["items[1].quantity"], await refused.WrongFieldsAsync());
    }

    [Fact]
    public async Task An_order_without_items_is_refused()
    {
        using var none = await OrdersUnderTest.PlaceAsync(orders.ClientOf(), new { });
        using var many = await OrdersUnderTest.PlaceAsync(
            orders.ClientOf(), new { items = Enumerable.Range(0, 101).Select(number => new { sku = $"SKU-{number}", quantity = 1 }) });

        Assert.Equal(["items"], await none.WrongFieldsAsync());
        Assert.Equal(["items"], await many.WrongFieldsAsync());
    }

    [Fact]
    public async Task A_request_without_a_key_is_told_the_name_of_the_header()
    {
        using var refused = await orders.ClientOf().PostAsJsonAsync("/orders", TwoMugs);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = await refused.JsonAsync();
        Assert.EndsWith("/idempotency-key-required", problem.GetProperty("type").GetString());
        Assert.Contains("Idempotency-Key", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_and_one_order()
    {
        var client = orders.ClientOf();
        var key = Guid.NewGuid().ToString();

        using var first = await OrdersUnderTest.PlaceAsync(client, TwoMugs, key);
        using var again = await OrdersUnderTest.PlaceAsync(client, TwoMugs, key);

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(1, (await client.GetFromJsonAsync<System.Text.Json.JsonElement>("/orders")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var client = orders.ClientOf();
        var key = Guid.NewGuid().ToString();
        using var first = await OrdersUnderTest.PlaceAsync(client, TwoMugs, key);

        using var other = await OrdersUnderTest.PlaceAsync(client, new { items = new[] { new { sku = "MUG", quantity = 3 } } }, key);

        Assert.Equal("idempotency-key-reused", await other.ProblemAsync(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task The_key_of_another_user_is_another_key()
    {
        var key = Guid.NewGuid().ToString();

        using var mine = await OrdersUnderTest.PlaceAsync(orders.ClientOf(), TwoMugs, key);
        using var theirs = await OrdersUnderTest.PlaceAsync(orders.ClientOf(), TwoMugs, key);

        Assert.Equal(HttpStatusCode.Created, theirs.StatusCode);
        Assert.NotEqual(mine.Headers.Location, theirs.Headers.Location);
    }

    [Fact]
    public async Task Concurrent_twins_make_one_order()
    {
        var userId = Guid.NewGuid().ToString();
        var client = orders.ClientOf(userId);
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => OrdersUnderTest.PlaceAsync(client, TwoMugs, key)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        Assert.Single(bodies.Distinct());
        var placed = await orders.WithDbAsync(db => db.Orders.Where(order => order.UserId == userId).Select(order => order.Id).ToListAsync());
        Assert.Single(await orders.PublishedAsync<OrderPlaced>(Assert.Single(placed)));
    }

    [Fact]
    public async Task Without_prices_nothing_is_stored_and_the_key_stays_good()
    {
        var client = orders.ClientOf();
        var key = Guid.NewGuid().ToString();

        orders.Catalog.Down = true;
        using var refused = await OrdersUnderTest.PlaceAsync(client, TwoMugs, key);
        orders.Catalog.Down = false;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);

        HttpResponseMessage? placed = null;
        await Eventually.TrueAsync(
            async () => (placed = await OrdersUnderTest.PlaceAsync(client, TwoMugs, key)).StatusCode == HttpStatusCode.Created,
            TimeSpan.FromSeconds(10),
            () => $"the answer is {placed?.StatusCode}");
    }
}
