using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ShopFlow.Contracts;
using ShopFlow.Orders.Checkout;

namespace ShopFlow.Tests.Orders;

/// <summary>An order of three kettles and two mugs to New York, paid, and what an administrator and its shopper do with it.</summary>
internal sealed class PaidOrder(OrdersUnderTest orders, HttpClient shopper, HttpClient admin, Guid id, long total)
{
    public Guid Id => id;

    /// <summary>Minor units.</summary>
    public long Total => total;

    public HttpClient Shopper => shopper;

    public HttpClient Admin => admin;

    public static async Task<PaidOrder> PlaceAsync(OrdersUnderTest orders, string? promotionCode = null)
    {
        var shopper = orders.ClientOf();
        using var placed = await OrdersUnderTest.PlaceAsync(shopper, new
        {
            items = new[] { new { sku = "KETTLE-1L", quantity = 3 }, new { sku = "MUG", quantity = 2 } },
            shippingAddress = new { name = "Anna", line1 = "1 Main St", city = "New York", country = "US", region = "NY" },
            shippingOption = "express",
            email = "anna@example.com",
            promotionCode,
        });
        var order = await placed.JsonAsync();
        var (id, total) = (order.GetProperty("id").GetGuid(), (long)(order.GetProperty("total").GetDecimal() * 100));
        await orders.DeliverAsync<StockReserved, StockReservedHandler>(new(id));
        await orders.DeliverAsync<PaymentCaptured, PaymentCapturedHandler>(new(id, Guid.NewGuid(), total, "USD"));
        return new(orders, shopper, orders.ClientOf(role: "admin"), id, total);
    }

    public static async Task<PaidOrder> DeliveredAsync(OrdersUnderTest orders, string? promotionCode = null)
    {
        var order = await PlaceAsync(orders, promotionCode);
        await order.DeliverAsync(await order.PackAsync(new { }));
        return order;
    }

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null, string? key = null) => SendAsync(admin, $"/admin/orders/{id}/{path}", body, key);

    public Task<HttpResponseMessage> AskBackAsync(object body, string? key = null) => SendAsync(shopper, $"/orders/{id}/returns", body, key);

    public async Task<Guid> PackAsync(object body)
    {
        using var packed = await PostAsync("shipments", body);
        Assert.Equal(HttpStatusCode.Created, packed.StatusCode);
        return (await packed.JsonAsync()).GetProperty("id").GetGuid();
    }

    public async Task ShipAsync(Guid shipment)
    {
        using var shipped = await PostAsync($"shipments/{shipment}/ship", new { carrier = "UPS", trackingNumber = "1Z999" });
        Assert.Equal(HttpStatusCode.OK, shipped.StatusCode);
    }

    public async Task DeliverAsync(Guid shipment)
    {
        await ShipAsync(shipment);
        using var delivered = await PostAsync($"shipments/{shipment}/deliver");
        Assert.Equal(HttpStatusCode.OK, delivered.StatusCode);
    }

    public async Task<Guid> ReturnAsync(object body)
    {
        using var requested = await AskBackAsync(body);
        Assert.Equal(HttpStatusCode.Created, requested.StatusCode);
        return (await requested.JsonAsync()).GetProperty("id").GetGuid();
    }

    public Task<JsonElement> ReadAsync() => OrdersUnderTest.OrderAsync(shopper, id);

    public async Task<string?> StatusAsync() => (await ReadAsync()).GetProperty("status").GetString();

    public async Task<List<long>> RefundsAsync() => [.. (await orders.PublishedAsync<RefundRequested>(id)).Select(refund => refund.Amount)];

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, object? body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }
}
