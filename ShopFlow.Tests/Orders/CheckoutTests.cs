using System.Net;
using System.Text.Json;
using ShopFlow.Contracts;
using ShopFlow.Orders.Checkout;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Refunds;

namespace ShopFlow.Tests.Orders;

public sealed class CheckoutTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly HttpClient client = orders.ClientOf();

    [Fact]
    public async Task Goods_and_money_confirm_the_order()
    {
        var id = await OrdersUnderTest.PlacedAsync(client);

        await ReserveAsync(id);
        Assert.Equal("Pending", await StatusAsync(id));
        var payment = Assert.Single(await orders.PublishedAsync<PaymentRequested>(id));
        Assert.Equal((1100, "USD", "card"), (payment.Amount, payment.Currency, payment.PaymentMethod));

        await CaptureAsync(id);
        Assert.Equal("Confirmed", await StatusAsync(id));
        var confirmed = Assert.Single(await orders.PublishedAsync<OrderConfirmed>(id));
        Assert.Equal("anna@example.com", confirmed.Email);
    }

    [Fact]
    public async Task Events_that_come_again_change_nothing()
    {
        var id = await OrdersUnderTest.PlacedAsync(client);
        var reserved = new StockReserved(id) { OccurredAt = DateTimeOffset.UtcNow };

        Assert.True(await orders.DeliverAsync<StockReserved, StockReservedHandler>(reserved));
        Assert.False(await orders.DeliverAsync<StockReserved, StockReservedHandler>(reserved));
        await ReserveAsync(id);
        await CaptureAsync(id);
        await CaptureAsync(id);

        Assert.Single(await orders.PublishedAsync<PaymentRequested>(id));
        Assert.Single(await orders.PublishedAsync<OrderConfirmed>(id));
        Assert.Empty(await orders.PublishedAsync<RefundRequested>(id));
    }

    [Fact]
    public async Task Missing_goods_cancel_the_order()
    {
        var id = await OrdersUnderTest.PlacedAsync(client);

        await orders.DeliverAsync<StockRejected, StockRejectedHandler>(new(id, ["MUG"]));

        await CancelledAsync(id, "OutOfStock");
        Assert.Empty(await orders.PublishedAsync<PaymentRequested>(id));
    }

    [Fact]
    public async Task A_declined_payment_cancels_the_order()
    {
        var id = await OrdersUnderTest.PlacedAsync(client);
        await ReserveAsync(id);

        await orders.DeliverAsync<PaymentDeclined, PaymentDeclinedHandler>(new(id, Guid.NewGuid(), "card_declined"));

        await CancelledAsync(id, "PaymentDeclined");
    }

    [Fact]
    public async Task An_order_whose_goods_never_come_is_cancelled_at_its_deadline()
    {
        var id = await OrdersUnderTest.PlacedAsync(client);

        orders.Time.Advance(TimeSpan.FromMinutes(5.1));

        await Eventually.TrueAsync(async () => await StatusAsync(id) == "Cancelled", Limit, () => "the order still waits");
        await CancelledAsync(id, "StockTimeout");
    }

    [Fact]
    public async Task Money_that_comes_after_the_deadline_goes_back()
    {
        var id = await OrdersUnderTest.PlacedAsync(client);
        await ReserveAsync(id);

        orders.Time.Advance(TimeSpan.FromMinutes(5.1));
        orders.Time.Advance(TimeSpan.FromMinutes(5.1));
        var fresh = orders;
        await Eventually.TrueAsync(
            () => fresh.WithDbAsync(async db => (await db.Orders.FindAsync(id))!.State == OrderState.Cancelled), Limit, () => "the order still waits");
        await CaptureAsync(id);

        var refund = Assert.Single(await orders.PublishedAsync<RefundRequested>(id));
        Assert.Equal((1100, "USD", "PaymentTimeout"), (refund.Amount, refund.Currency, refund.Reason));

        await orders.DeliverAsync<PaymentRefunded, PaymentRefundedHandler>(
            new(id, refund.PaymentId, refund.Amount, refund.Currency, refund.RefundId));
        Assert.Equal(RefundState.Paid, await orders.WithDbAsync(async db => (await db.Refunds.FindAsync(refund.RefundId))!.State));
        Assert.Single(await orders.PublishedAsync<OrderRefunded>(id));
    }

    [Fact]
    public async Task Money_that_comes_after_the_deadline_goes_back_once()
    {
        var id = await OrdersUnderTest.PlacedAsync(client);
        await ReserveAsync(id);
        using var cancelled = await client.PostAsync($"/orders/{id}/cancel", null);

        await CaptureAsync(id);
        await CaptureAsync(id);

        Assert.Single(await orders.PublishedAsync<RefundRequested>(id));
    }

    [Fact]
    public async Task A_shopper_cancels_what_waits_and_nobody_elses()
    {
        var waiting = await OrdersUnderTest.PlacedAsync(client);

        using var foreign = await orders.ClientOf().PostAsync($"/orders/{waiting}/cancel", null);
        using var cancelled = await client.PostAsync($"/orders/{waiting}/cancel", null);
        using var again = await client.PostAsync($"/orders/{waiting}/cancel", null);

        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        await CancelledAsync(waiting, "CancelledByShopper");
    }

    [Fact]
    public async Task A_confirmed_order_is_cancelled_with_its_money_until_it_is_packed()
    {
        var id = await OrdersUnderTest.PlacedAsync(client);
        await ReserveAsync(id);
        await CaptureAsync(id);

        using var cancelled = await client.PostAsync($"/orders/{id}/cancel", null);

        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal("11.00", (await cancelled.JsonAsync()).GetProperty("refunded").GetRawText());
        await CancelledAsync(id, "CancelledByShopper");
        var refund = Assert.Single(await orders.PublishedAsync<RefundRequested>(id));
        Assert.Equal((1100, "USD", "CancelledByShopper"), (refund.Amount, refund.Currency, refund.Reason));
    }

    [Fact]
    public async Task A_challenge_is_shown_until_it_is_answered()
    {
        var id = await OrdersUnderTest.PlacedAsync(client);
        await ReserveAsync(id);

        await orders.DeliverAsync<PaymentChallengeRequired, PaymentChallengeRequiredHandler>(new(id, Guid.NewGuid(), "https://bank.example/c/1"));

        var waiting = await OrdersUnderTest.OrderAsync(client, id);
        Assert.Equal("Pending", waiting.GetProperty("status").GetString());
        Assert.Equal("https://bank.example/c/1", waiting.GetProperty("paymentChallengeUrl").GetString());

        await CaptureAsync(id);
        var confirmed = await OrdersUnderTest.OrderAsync(client, id);
        Assert.Equal("Confirmed", confirmed.GetProperty("status").GetString());
        Assert.False(confirmed.TryGetProperty("paymentChallengeUrl", out _));
    }

    [Fact]
    public async Task Money_for_an_unknown_order_is_an_error_that_somebody_sees() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => CaptureAsync(Guid.NewGuid()));

    private Task<bool> ReserveAsync(Guid id) => orders.DeliverAsync<StockReserved, StockReservedHandler>(new(id));

    private Task<bool> CaptureAsync(Guid id) =>
        orders.DeliverAsync<PaymentCaptured, PaymentCapturedHandler>(new(id, Guid.CreateVersion7(), 1100, "USD"));

    private async Task<string?> StatusAsync(Guid id) => (await OrdersUnderTest.OrderAsync(client, id)).GetProperty("status").GetString();

    private async Task CancelledAsync(Guid id, string reason)
    {
        JsonElement order = await OrdersUnderTest.OrderAsync(client, id);
        Assert.Equal("Cancelled", order.GetProperty("status").GetString());
        Assert.Equal(reason, order.GetProperty("reason").GetString());
        Assert.Equal(reason, Assert.Single(await orders.PublishedAsync<OrderCancelled>(id)).Reason);
    }
}
