using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ShopFlow.Tests.Platform;

/// <summary>A guest's order from the cart to the refund, through the gateway, on the running platform.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class GuestOrderTests(RunningPlatform platform)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guest_buys_a_cart_gets_it_and_sends_a_piece_back()
    {
        var sku = await platform.Gateway.AnySkuAsync(Cancelled);
        var address = new { name = "Guest", line1 = "1 Main St", city = "Berlin", country = "DE" };

        var (_, filled) = await SendAsync(HttpMethod.Post, "/cart/items", new { sku, quantity = 2 });
        var cart = ("Cart-Id", filled.GetProperty("id").GetString()!);
        var (_, quote) = await SendAsync(HttpMethod.Post, "/checkout/quote", new { shippingAddress = address }, cart);
        var (placed, order) = await SendAsync(
            HttpMethod.Post, "/orders", new { shippingAddress = address, email = "guest@example.com" }, cart, ("Idempotency-Key", Guid.NewGuid().ToString()));

        Assert.Equal(HttpStatusCode.Created, placed);
        Assert.Equal(quote.GetProperty("total").GetDecimal(), order.GetProperty("total").GetDecimal());
        var path = $"/orders/{order.GetProperty("id").GetString()}";
        var key = ("Order-Key", order.GetProperty("accessKey").GetString()!);
        await UntilAsync(path, key, now => now.GetProperty("status").GetString() == "Confirmed");
        await UntilAsync("/cart", cart, now => now.GetProperty("items").GetArrayLength() == 0);

        var admin = ("Authorization", $"Bearer {(await platform.AdminAsync(Cancelled)).Token}");
        var (_, parcel) = await SendAsync(HttpMethod.Post, $"/admin{path}/shipments", new { carrier = "DHL", trackingNumber = "JD01" }, admin);
        var shipment = $"/admin{path}/shipments/{parcel.GetProperty("id").GetString()}";
        await SendAsync(HttpMethod.Post, $"{shipment}/ship", null, admin);
        await SendAsync(HttpMethod.Post, $"{shipment}/deliver", null, admin);
        await UntilAsync(path, key, now => now.GetProperty("status").GetString() == "Delivered");

        var (_, asked) = await SendAsync(HttpMethod.Post, $"{path}/returns", new { lines = new[] { new { sku, quantity = 1 } }, reason = "too small" }, key);
        await SendAsync(HttpMethod.Post, $"/admin{path}/returns/{asked.GetProperty("id").GetString()}/receive", null, admin);
        await UntilAsync(path, key, now => now.GetProperty("refunds")[0].GetProperty("status").GetString() == "Paid");
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);

        using var response = await platform.Gateway.SendAsync(request, Cancelled);
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return (response.StatusCode, JsonDocument.Parse(text).RootElement);
    }

    private async Task UntilAsync(string path, (string, string) header, Func<JsonElement, bool> holds)
    {
        var last = default(JsonElement);
        await Eventually.TrueAsync(
            async () => holds(last = (await SendAsync(HttpMethod.Get, path, null, header)).Body),
            Limit,
            () => $"{path} is still {last}");
    }
}
