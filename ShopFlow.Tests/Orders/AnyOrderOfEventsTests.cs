using System.Text.Json;
using ShopFlow.Contracts;
using ShopFlow.Orders.Checkout;
using ShopFlow.Orders.Refunds;

namespace ShopFlow.Tests.Orders;

/// <summary>Eight people and the platform's events work on the same few orders at the same time, in no order at all.</summary>
public sealed class AnyOrderOfEventsTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    private static readonly string[] Skus = ["KETTLE-1L", "MUG"];

    [Theory]
    [InlineData(3)]
    [InlineData(20_26)]
    public async Task After_any_mix_of_operations_money_and_pieces_add_up(int seed)
    {
        var placed = new List<PaidOrder>();
        for (var number = 0; number < 6; number++)
            placed.Add(await PaidOrder.PlaceAsync(orders));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => WorkAsync(new(seed + worker), placed)));

        Assert.Contains(true, await Task.WhenAll(placed.Select(async order => (await order.RefundsAsync()).Count > 0)));
        var audit = await orders.AuditAsync();
        Assert.All(placed, order => Assert.DoesNotContain(order.Id.ToString(), audit, StringComparison.Ordinal));
    }

    private async Task WorkAsync(Random random, List<PaidOrder> placed)
    {
        for (var step = 0; step < 40; step++)
        {
            var order = placed[random.Next(placed.Count)];
            var lines = new[] { new { sku = Skus[random.Next(2)], quantity = random.Next(1, 3) } };
            var some = new { lines, reason = "any", carrier = "UPS", trackingNumber = "1Z" };
            switch (random.Next(12))
            {
                case 0:
                    await ToleratedAsync(order.Shopper.PostAsync($"/orders/{order.Id}/cancel", null));
                    break;
                case <= 3:
                    await ToleratedAsync(order.PostAsync("shipments", some));
                    break;
                case <= 6:
                    await MoveParcelAsync(order, random);
                    break;
                case <= 8:
                    await ToleratedAsync(order.AskBackAsync(some));
                    break;
                case 9:
                    await DecideReturnAsync(order, random);
                    break;
                case 10:
                    await ToleratedAsync(order.PostAsync("refunds", new { lines, shipping = random.Next(4) == 0, reason = "lost" }));
                    break;
                default:
                    await HearAsync(order);
                    break;
            }
        }
    }

    private static async Task MoveParcelAsync(PaidOrder order, Random random)
    {
        if (AnyOf(await order.ReadAsync(), "shipments", random) is { } parcel)
            await ToleratedAsync(order.PostAsync($"shipments/{parcel}/{(random.Next(2) == 0 ? "ship" : "deliver")}"));
    }

    private static async Task DecideReturnAsync(PaidOrder order, Random random)
    {
        if (AnyOf(await order.ReadAsync(), "returns", random) is { } id)
            await ToleratedAsync(order.PostAsync($"returns/{id}/{(random.Next(3) == 0 ? "reject" : "receive")}", new { reason = "used" }));
    }

    // Refunds are paid, and what was told before is told again.
    private async Task HearAsync(PaidOrder order)
    {
        await orders.DeliverAsync<StockReserved, StockReservedHandler>(new(order.Id));
        await orders.DeliverAsync<PaymentCaptured, PaymentCapturedHandler>(new(order.Id, Guid.NewGuid(), order.Total, "USD"));
        foreach (var refund in await orders.PublishedAsync<RefundRequested>(order.Id))
            await orders.DeliverAsync<PaymentRefunded, PaymentRefundedHandler>(new(order.Id, refund.PaymentId, refund.Amount, refund.Currency, refund.RefundId));
    }

    private static string? AnyOf(JsonElement order, string what, Random random) =>
        order.TryGetProperty(what, out var list) && list.GetArrayLength() is > 0 and var count ? list[random.Next(count)].GetProperty("id").GetString() : null;

    // A conflict is an answer; an error of the service is not.
    private static async Task ToleratedAsync(Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        Assert.True((int)response.StatusCode < 500, $"{response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }
}
