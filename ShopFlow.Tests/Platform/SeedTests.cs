using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ShopFlow.Tests.Platform;

/// <summary>What clients of the systems that ShopFlow takes over from send, byte for byte as they do, against the running gateway.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class SeedTests(RunningPlatform platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_in_and_verify()
    {
        var name = $"seed-{Guid.NewGuid():N}";
        using var registered = await platform.Gateway.PostAsJsonAsync("/auth/register", new { username = name, password = "correct horse", email = $"{name}@example.com" }, Cancelled);
        using var answer = await platform.Gateway.PostAsJsonAsync("/auth/login", new { username = name, password = "correct horse" }, Cancelled);
        var login = await answer.JsonAsync();
        Assert.Equal(name, login.GetProperty("user").GetProperty("username").GetString());

        var shopper = new Shopper(platform.Gateway, login.GetProperty("token").GetString()!);
        using var verified = await shopper.PostAsync("/auth/verify", body: null, Cancelled);
        var verification = await verified.JsonAsync();
        Assert.True(verification.GetProperty("valid").GetBoolean());
        Assert.Equal(name, verification.GetProperty("user").GetProperty("username").GetString());
    }

    [Fact]
    public async Task Products_and_one_of_them()
    {
        var page = await platform.Gateway.GetFromJsonAsync<JsonElement>("/products?category=&limit=5", Cancelled);
        Assert.Equal(5, page.GetProperty("products").GetArrayLength());
        Assert.True(page.GetProperty("total").GetInt32() > 5);

        var first = page.GetProperty("products")[0];
        var product = await platform.Gateway.GetFromJsonAsync<JsonElement>($"/products/{first.GetProperty("id").GetString()}", Cancelled);
        Assert.Equal(first.GetProperty("name").GetString(), product.GetProperty("name").GetString());

        var catalog = await platform.Gateway.GetFromJsonAsync<JsonElement>("/catalog?limit=1", Cancelled);
        Assert.Equal(first.GetProperty("id").GetString(), catalog.GetProperty("products")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_order_whose_price_the_client_sets_costs_what_the_shop_says()
    {
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var user = await shopper.IdAsync(Cancelled);
        var (product, price) = await AnyProductAsync();

        using var placed = await shopper.PostAsync(
            "/orders", new { userId = user, items = new[] { new { productId = product, quantity = 2, price = 0.01m } } }, Cancelled);

        Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
        var order = await placed.JsonAsync();
        var line = order.GetProperty("lines")[0];
        Assert.Equal((price, 2 * price), (line.GetProperty("unitPrice").GetDecimal(), line.GetProperty("total").GetDecimal()));

        var own = await shopper.GetAsync($"/orders?userId={user}", Cancelled);
        Assert.Equal((1, 1), (own.GetProperty("total").GetInt32(), own.GetProperty("orders").GetArrayLength()));
    }

    [Fact]
    public async Task Two_orders_of_an_old_client_are_two_orders()
    {
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var (product, _) = await AnyProductAsync();
        var order = new { userId = await shopper.IdAsync(Cancelled), items = new[] { new { productId = product, quantity = 1, price = 1m } } };

        using var one = await shopper.PostAsync("/orders", order, Cancelled);
        using var other = await shopper.PostAsync("/orders", order, Cancelled);

        Assert.NotEqual((await one.JsonAsync()).GetProperty("id").GetString(), (await other.JsonAsync()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Somebody_elses_name_is_refused_unless_an_administrator_uses_it()
    {
        var (one, other) = (await Shopper.RegisterAsync(platform.Gateway, Cancelled), await Shopper.RegisterAsync(platform.Gateway, Cancelled));
        var admin = await platform.AdminAsync(Cancelled);
        var otherId = await other.IdAsync(Cancelled);
        var (product, _) = await AnyProductAsync();
        var order = new { userId = otherId, items = new[] { new { productId = product, quantity = 1, price = 1m } } };

        using var refused = await one.PostAsync("/orders", order, Cancelled);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<HttpRequestException>(() => one.GetAsync($"/orders?userId={otherId}", Cancelled))).StatusCode);

        using var placed = await admin.PostAsync("/orders", order, Cancelled);
        Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
        Assert.Equal(1, (await other.GetAsync($"/orders?userId={otherId}", Cancelled)).GetProperty("total").GetInt32());
        Assert.Equal(1, (await admin.GetAsync($"/orders?userId={otherId}", Cancelled)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_payment_is_processed_once_and_at_the_right_amount()
    {
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var (product, _) = await AnyProductAsync();
        using var placed = await shopper.PostAsync(
            "/orders", new { userId = await shopper.IdAsync(Cancelled), items = new[] { new { productId = product, quantity = 1, price = 1m } } }, Cancelled);
        var order = await placed.JsonAsync();
        var (id, total) = (order.GetProperty("id").GetString()!, order.GetProperty("total").GetDecimal());
        await shopper.WaitForOrderAsync(id, Cancelled);

        using var wrong = await shopper.PostAsync("/payments/process", new { orderId = id, amount = total + 1, paymentMethod = "card" }, Cancelled);
        Assert.Equal("amount-differs", await wrong.ProblemAsync(HttpStatusCode.UnprocessableEntity));

        using var processed = await shopper.PostAsync("/payments/process", new { orderId = id, amount = total, paymentMethod = "card" }, Cancelled);
        Assert.Equal(HttpStatusCode.Created, processed.StatusCode);
        var transaction = (await processed.JsonAsync()).GetProperty("transactionId").GetString();

        var payment = await shopper.GetAsync($"/payments/{transaction}", Cancelled);
        Assert.Equal(("Captured", total), (payment.GetProperty("status").GetString(), payment.GetProperty("captured").GetDecimal()));

        var stranger = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        using var hidden = await stranger.PostAsync("/payments/process", new { orderId = id, amount = total, paymentMethod = "card" }, Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Theory]
    [InlineData("/order")]
    [InlineData("/create-order")]
    public async Task One_product_without_an_account(string path)
    {
        var (product, _) = await AnyProductAsync();

        using var placed = await platform.Gateway.PostAsJsonAsync(path, new { product, quantity = 1 }, Cancelled);

        Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
        var order = await placed.JsonAsync();
        Assert.Equal("Pending", order.GetProperty("status").GetString());
        var id = order.GetProperty("order_id").GetString()!;
        Assert.Equal("Confirmed", (await (await platform.AdminAsync(Cancelled)).WaitForOrderAsync(id, Cancelled)).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(null, 1, "product")]
    [InlineData("no-such-sku", 1, "product")]
    [InlineData("0198c0de-0000-7000-8000-000000000001", 1, "product")]
    [InlineData("x", 0, "quantity")]
    [InlineData("x", null, "quantity")]
    public async Task A_wrong_field_of_such_an_order_is_named_as_the_client_knows_it(string? product, int? quantity, string field)
    {
        using var refused = await platform.Gateway.PostAsJsonAsync("/order", new { product, quantity }, Cancelled);

        Assert.Equal([field], await refused.WrongFieldsAsync());
    }

    [Fact]
    public async Task A_notification_is_sent_to_oneself_and_read()
    {
        var (shopper, other) = (await Shopper.RegisterAsync(platform.Gateway, Cancelled), await Shopper.RegisterAsync(platform.Gateway, Cancelled));
        var user = await shopper.IdAsync(Cancelled);
        var notification = new { userId = user, type = "message", message = "Your parcel is at the neighbour's.", channel = "email" };

        using var sent = await shopper.PostAsync("/notifications/send", notification, Cancelled);
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var told = (await shopper.GetAsync($"/notifications/{user}", Cancelled)).GetProperty("notifications").EnumerateArray();
        Assert.Contains("Your parcel is at the neighbour's.", told.Select(one => one.GetProperty("body").GetString()));

        using var refused = await other.PostAsync("/notifications/send", notification, Cancelled);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<HttpRequestException>(() => other.GetAsync($"/notifications/{user}", Cancelled))).StatusCode);
        using var byAdmin = await (await platform.AdminAsync(Cancelled)).PostAsync("/notifications/send", notification, Cancelled);
        Assert.Equal(HttpStatusCode.Created, byAdmin.StatusCode);
    }

    [Fact]
    public async Task Every_service_tells_its_health_through_the_gateway()
    {
        foreach (var service in ShopFlow.Gateway.Routing.Services.All)
        {
            using var health = await platform.Gateway.GetAsync($"/{service}/health", Cancelled);
            Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        }
    }

    private async Task<(string Id, decimal Price)> AnyProductAsync()
    {
        var product = await platform.Gateway.AnyProductAsync(Cancelled);
        return (product.GetProperty("id").GetString()!, product.GetProperty("variants")[0].GetProperty("price").GetDecimal());
    }
}
