using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ShopFlow.Tests.Platform;

/// <summary>The path of docs/first-order.http, through the gateway, on the running platform.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class FirstOrderTests(RunningPlatform platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_for_two_products_is_confirmed_through_events()
    {
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var (first, second) = await TwoProductsAsync(ofItsOwn: true);
        var firstBefore = await StockAsync(first.Sku);

        using var placed = await shopper.PlaceOrderAsync(OrderFor(first.Sku, second.Sku), Guid.NewGuid().ToString(), Cancelled);

        Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
        var accepted = await placed.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        var id = accepted.GetProperty("id").GetString()!;
        Assert.Equal($"/orders/{id}", placed.Headers.Location!.OriginalString);
        Assert.Equal(2 * first.Price + second.Price, accepted.GetProperty("total").GetDecimal());

        var order = await shopper.WaitForOrderAsync(id, Cancelled);
        Assert.Equal("Confirmed", order.GetProperty("status").GetString());

        await Eventually.TrueAsync(
            async () => await StockAsync(first.Sku) is var after && after.Sold == firstBefore.Sold + 2 && after.Reserved == firstBefore.Reserved,
            TimeSpan.FromSeconds(15),
            () => $"the stock of {first.Sku} does not show the sale");
        await Eventually.TrueAsync(
            async () => (await shopper.GetAsync("/notifications", Cancelled)).GetProperty("notifications").EnumerateArray()
                .Any(notification => notification.GetProperty("orderId").GetString() == id),
            TimeSpan.FromSeconds(15),
            () => $"no notification tells of order {id}");

        var payment = await shopper.GetAsync($"/payments/{id}", Cancelled);
        Assert.Equal("Captured", payment.GetProperty("status").GetString());
        Assert.Equal(order.GetProperty("total").GetDecimal(), payment.GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task The_price_that_a_client_sends_is_ignored()
    {
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var (first, _) = await TwoProductsAsync();
        var order = new { items = new[] { new { sku = first.Sku, quantity = 1, price = 0.01m } } };

        using var placed = await shopper.PlaceOrderAsync(order, Guid.NewGuid().ToString(), Cancelled);

        var accepted = await placed.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal(first.Price, accepted.GetProperty("total").GetDecimal());
    }

    [Fact]
    public async Task The_same_key_and_body_answer_with_the_same_order()
    {
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var (first, second) = await TwoProductsAsync();
        var key = Guid.NewGuid().ToString();

        var twins = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => shopper.PlaceOrderAsync(OrderFor(first.Sku, second.Sku), key, Cancelled)));
        using var otherBody = await shopper.PlaceOrderAsync(OrderFor(second.Sku, first.Sku), key, Cancelled);

        var ids = await Task.WhenAll(twins.Select(async twin => (await twin.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("id").GetString()));
        Assert.Single(ids.Distinct());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, otherBody.StatusCode);
    }

    [Fact]
    public async Task A_declined_card_cancels_the_order_and_frees_its_stock()
    {
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var (_, second) = await TwoProductsAsync();
        var order = new { items = new[] { new { sku = second.Sku, quantity = 1 } }, paymentMethod = "tok_declined" };

        using var placed = await shopper.PlaceOrderAsync(order, Guid.NewGuid().ToString(), Cancelled);
        var accepted = await placed.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        var cancelled = await shopper.WaitForOrderAsync(accepted.GetProperty("id").GetString()!, Cancelled);

        Assert.Equal("Cancelled", cancelled.GetProperty("status").GetString());
        Assert.Equal("PaymentDeclined", cancelled.GetProperty("reason").GetString());
        await Eventually.TrueAsync(
            async () => (await StockAsync(second.Sku)).Reserved == 0,
            TimeSpan.FromSeconds(15),
            () => $"the stock of {second.Sku} is still reserved");
    }

    [Fact]
    public async Task An_order_is_hidden_from_everybody_but_its_owner()
    {
        var owner = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var stranger = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var (first, second) = await TwoProductsAsync();
        using var placed = await owner.PlaceOrderAsync(OrderFor(first.Sku, second.Sku), Guid.NewGuid().ToString(), Cancelled);
        var path = placed.Headers.Location!.OriginalString;

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(path, Cancelled));
        using var anonymous = await platform.Gateway.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
    }

    private static object OrderFor(string twoOf, string oneOf) =>
        new { items = new object[] { new { sku = twoOf, quantity = 2 }, new { sku = oneOf, quantity = 1 } } };

    // Not those that every other test buys, and for the one that compares stock none that the others here buy: an order of theirs that is on its
    // way would move it.
    private async Task<((string Sku, decimal Price) First, (string Sku, decimal Price) Second)> TwoProductsAsync(bool ofItsOwn = false)
    {
        var page = await platform.Gateway.GetFromJsonAsync<JsonElement>("/products?limit=4&sort=price-asc", Cancelled);
        var variants = page.GetProperty("products").EnumerateArray().Select(product => product.GetProperty("variants")[0]).ToList();
        return ofItsOwn ? (Variant(variants[0]), Variant(variants[1])) : (Variant(variants[2]), Variant(variants[3]));

        static (string, decimal) Variant(JsonElement variant) =>
            (variant.GetProperty("sku").GetString()!, variant.GetProperty("price").GetDecimal());
    }

    private async Task<(int Available, int Reserved, int Sold)> StockAsync(string sku)
    {
        var admin = await platform.AdminAsync(Cancelled);
        var stock = await admin.GetAsync($"/admin/stock/{sku}", Cancelled);
        return (stock.GetProperty("available").GetInt32(), stock.GetProperty("reserved").GetInt32(), stock.GetProperty("sold").GetInt32());
    }
}
