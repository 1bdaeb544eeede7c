using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ShopFlow.Contracts;

namespace ShopFlow.Tests.Orders;

public sealed class FulfilmentTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    private static readonly object[] OneKettle = [new { sku = "KETTLE-1L", quantity = 1 }];

    [Fact]
    public async Task Parcels_take_an_order_from_confirmed_to_delivered()
    {
        var order = await PaidOrder.PlaceAsync(orders);
        var first = await order.PackAsync(new { lines = OneKettle });
        Assert.Equal("Confirmed", await order.StatusAsync());

        await order.ShipAsync(first);
        Assert.Equal("PartlyShipped", await order.StatusAsync());
        var second = await order.PackAsync(new { });
        await order.ShipAsync(second);
        Assert.Equal("Shipped", await order.StatusAsync());

        await order.DeliverAsync(second);
        Assert.Equal("Shipped", await order.StatusAsync());
        await order.DeliverAsync(first);
        Assert.Equal("Delivered", await order.StatusAsync());

        var told = await orders.PublishedAsync<OrderShipped>(order.Id);
        Assert.Equal([[1], [2, 2]], told.Select(shipped => shipped.Lines.Select(line => line.Quantity)));
        Assert.Equal([false, true], (await orders.PublishedAsync<OrderDelivered>(order.Id)).Select(delivered => delivered.IsComplete));
        Assert.DoesNotContain(order.Id.ToString(), await orders.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parcel_with_an_address_needs_carrier_and_tracking_number()
    {
        var order = await PaidOrder.PlaceAsync(orders);
        var parcel = await order.PackAsync(new { });

        using var refused = await order.PostAsync($"shipments/{parcel}/ship");
        using var early = await order.PostAsync($"shipments/{parcel}/deliver");

        Assert.Equal(["carrier", "trackingNumber"], await refused.WrongFieldsAsync());
        Assert.Equal("shipment-not-shipped", await early.ProblemAsync(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Steps_that_are_repeated_change_nothing()
    {
        var order = await PaidOrder.PlaceAsync(orders);
        var parcel = await order.PackAsync(new { lines = OneKettle });

        await order.DeliverAsync(parcel);
        await order.DeliverAsync(parcel);

        Assert.Single(await orders.PublishedAsync<OrderShipped>(order.Id));
        Assert.Single(await orders.PublishedAsync<OrderDelivered>(order.Id));
    }

    [Fact]
    public async Task Of_many_who_pack_the_same_pieces_one_does()
    {
        var order = await PaidOrder.PlaceAsync(orders);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => order.PostAsync("shipments", new { lines = new[] { new { sku = "KETTLE-1L", quantity = 3 } } })));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.Created), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.DoesNotContain(order.Id.ToString(), await orders.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_idempotency_key_packs_once()
    {
        var order = await PaidOrder.PlaceAsync(orders);
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => order.PostAsync("shipments", new { lines = OneKettle }, key)));
        using var other = await order.PostAsync("shipments", new { }, key);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
        Assert.Equal("idempotency-key-reused", await other.ProblemAsync(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task What_is_packed_cannot_be_cancelled_unless_it_is_unpacked()
    {
        var order = await PaidOrder.PlaceAsync(orders);
        var parcel = await order.PackAsync(new { });

        using var refused = await order.Shopper.PostAsync($"/orders/{order.Id}/cancel", null);
        using var unpacked = await order.Admin.DeleteAsync($"/admin/orders/{order.Id}/shipments/{parcel}");
        using var cancelled = await order.Shopper.PostAsync($"/orders/{order.Id}/cancel", null);
        using var packed = await order.PostAsync("shipments", new { });

        Assert.Equal("order-not-cancellable", await refused.ProblemAsync(HttpStatusCode.Conflict));
        Assert.Equal(HttpStatusCode.OK, unpacked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal("order-not-packable", await packed.ProblemAsync(HttpStatusCode.Conflict));
        Assert.Equal([order.Total], await order.RefundsAsync());
    }

    [Theory]
    [InlineData("""{"lines":[{"sku":"TEAPOT","quantity":1}]}""", "lines[0].sku")]
    [InlineData("""{"lines":[{"sku":"MUG","quantity":0}]}""", "lines[0].quantity")]
    [InlineData("""{"lines":[{"sku":"MUG","quantity":-5}]}""", "lines[0].quantity")]
    [InlineData("""{"lines":[{"sku":"MUG"}]}""", "lines[0].quantity")]
    [InlineData("""{"lines":[{"sku":"MUG","quantity":1},{"sku":"MUG","quantity":1}]}""", "lines[1].sku")]
    [InlineData("""{"lines":[null]}""", "lines[0].quantity", "lines[0].sku")]
    [InlineData("""{"lines":[]}""", "lines")]
    [InlineData("""{"carrier":""}""", "carrier")]
    [InlineData("""{"trackingNumber":"a\u0000b"}""", "trackingNumber")]
    public async Task A_wrong_field_is_named(string body, params string[] fields)
    {
        var order = await PaidOrder.PlaceAsync(orders);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var refused = await order.Admin.PostAsync($"/admin/orders/{order.Id}/shipments", content);

        Assert.Equal(fields, await refused.WrongFieldsAsync());
    }

    [Fact]
    public async Task Fulfilment_is_for_administrators_and_for_orders_that_are_there()
    {
        var order = await PaidOrder.PlaceAsync(orders);

        using var shopper = await order.Shopper.PostAsJsonAsync($"/admin/orders/{order.Id}/shipments", new { });
        using var unknown = await order.Admin.PostAsJsonAsync($"/admin/orders/{Guid.NewGuid()}/shipments", new { });
        using var noParcel = await order.PostAsync($"shipments/{Guid.NewGuid()}/ship");

        Assert.Equal(HttpStatusCode.Forbidden, shopper.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, noParcel.StatusCode);
    }

    [Fact]
    public async Task An_administrator_sees_the_whole_life_of_an_order()
    {
        var order = await PaidOrder.DeliveredAsync(orders);

        var details = await order.Admin.GetFromJsonAsync<JsonElement>($"/admin/orders/{order.Id}");

        Assert.Equal(order.Total, details.GetProperty("captured").GetDecimal() * 100);
        Assert.Equal(
            ["AwaitingStock", "AwaitingPayment", "Confirmed", "ParcelPacked", "ParcelShipped", "Shipped", "ParcelDelivered", "Delivered"],
            details.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("what").GetString()));
    }

    [Fact]
    public async Task The_list_of_a_status_has_every_order_of_it_once()
    {
        var delivered = new List<Guid>();
        for (var number = 0; number < 3; number++)
            delivered.Add((await PaidOrder.DeliveredAsync(orders)).Id);
        var admin = orders.ClientOf(role: "admin");

        var seen = new List<Guid>();
        string? next = null;
        do
        {
            var page = await admin.GetFromJsonAsync<JsonElement>($"/admin/orders?status=Delivered&limit=2&next={next}");
            seen.AddRange(page.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("id").GetGuid()));
            Assert.All(page.GetProperty("orders").EnumerateArray(), order => Assert.Equal("Delivered", order.GetProperty("status").GetString()));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Subset(seen.ToHashSet(), delivered.ToHashSet());
        using var wrong = await admin.GetAsync("/admin/orders?status=7&limit=0&next=x");
        Assert.Equal(["limit", "next", "status"], await wrong.WrongFieldsAsync());
    }
}
