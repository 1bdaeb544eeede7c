using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Orders.Checkout;
using static ShopFlow.Tests.Orders.PromotionsUnderTest;

namespace ShopFlow.Tests.Orders;

public sealed class CouponTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    [Fact]
    public async Task Of_32_buyers_at_once_the_last_3_redemptions_go_to_exactly_3()
    {
        var code = await orders.CouponAsync(TenPercent, limitTotal: 3);

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => OrdersUnderTest.PlaceAsync(orders.ClientOf(), TwoMugs(code))));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            Assert.Equal(["promotionCode"], await refused.WrongFieldsAsync());
        Assert.Equal(3, await orders.RedeemedAsync(code));
        Assert.Equal(3, await OrdersWithAsync(code));
        Assert.DoesNotContain(code, await orders.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_32_orders_of_one_customer_at_once_as_many_get_the_coupon_as_a_customer_may()
    {
        var code = await orders.CouponAsync(TenPercent, limitTotal: 20, limitPerCustomer: 2);
        var shopper = orders.ClientOf();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => OrdersUnderTest.PlaceAsync(shopper, TwoMugs(code))));

        Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal((2, 2), (await orders.RedeemedAsync(code), await OrdersWithAsync(code)));

        using var somebodyElse = await OrdersUnderTest.PlaceAsync(orders.ClientOf(), TwoMugs(code));
        Assert.Equal(HttpStatusCode.Created, somebodyElse.StatusCode);
    }

    [Fact]
    public async Task A_guest_is_known_by_the_email_address()
    {
        var code = await orders.CouponAsync(TenPercent, limitPerCustomer: 1);

        using var first = await OrdersUnderTest.PlaceAsync(orders.Guest(), TwoMugs(code));
        using var second = await OrdersUnderTest.PlaceAsync(orders.Guest(), TwoMugs(code));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(["promotionCode"], await second.WrongFieldsAsync());
    }

    [Fact]
    public async Task Twins_share_the_last_redemption_and_its_answer()
    {
        var code = await orders.CouponAsync(TenPercent, limitTotal: 1);
        var (shopper, key) = (orders.ClientOf(), Guid.NewGuid().ToString());

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => OrdersUnderTest.PlaceAsync(shopper, TwoMugs(code), key)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
        Assert.Equal((1, 1), (await orders.RedeemedAsync(code), await OrdersWithAsync(code)));
    }

    [Fact]
    public async Task A_cancelled_order_frees_its_redemption_once()
    {
        var code = await orders.CouponAsync(TenPercent, limitTotal: 1, limitPerCustomer: 1);
        var shopper = orders.ClientOf();
        var id = await PlacedAsync(shopper, code);
        using var tooLate = await OrdersUnderTest.PlaceAsync(orders.ClientOf(), TwoMugs(code));
        Assert.Equal(["promotionCode"], await tooLate.WrongFieldsAsync());

        // Whoever cancels at the same moment, and whatever is heard afterwards.
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => shopper.PostAsync($"/orders/{id}/cancel", null)));
        await orders.DeliverAsync<StockRejected, StockRejectedHandler>(new(id, ["MUG"]));
        Assert.Equal(0, await orders.RedeemedAsync(code));

        await PlacedAsync(shopper, code);
        Assert.Equal(1, await orders.RedeemedAsync(code));
        Assert.DoesNotContain(id.ToString(), await orders.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_that_are_cancelled_together_free_all_that_they_had()
    {
        var (one, two) = (await orders.CouponAsync(TenPercent, limitTotal: 9), await orders.CouponAsync(TenPercent, limitTotal: 9));
        var shopper = orders.ClientOf();
        var ids = new List<Guid>();
        foreach (var code in new[] { one, two, one, two, one })
            ids.Add(await PlacedAsync(shopper, code));

        await Task.WhenAll(ids.Select(id => orders.DeliverAsync<StockRejected, StockRejectedHandler>(new(id, ["MUG"]))));

        Assert.Equal((0, 0), (await orders.RedeemedAsync(one), await orders.RedeemedAsync(two)));
        var audit = await orders.AuditAsync();
        Assert.DoesNotContain(one, audit, StringComparison.Ordinal);
        Assert.DoesNotContain(two, audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_shoppers_do_at_once_the_count_is_that_of_their_orders()
    {
        var code = await orders.CouponAsync(TenPercent, limitTotal: 5, limitPerCustomer: 2);
        var shoppers = Enumerable.Range(0, 4).Select(_ => orders.ClientOf()).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async worker =>
        {
            var shopper = shoppers[worker % shoppers.Length];
            for (var round = 0; round < 8; round++)
            {
                using var placed = await OrdersUnderTest.PlaceAsync(shopper, TwoMugs(code));
                if (placed.StatusCode == HttpStatusCode.BadRequest)
                    continue;

                Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
                if ((worker + round) % 3 > 0)
                    using (await shopper.PostAsync($"{placed.Headers.Location}/cancel", null)) { }
            }
        }));

        Assert.InRange(await orders.RedeemedAsync(code), 0, 5);
        Assert.DoesNotContain("coupon", await orders.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quote_and_order_explain_the_discount_line_by_line()
    {
        var code = await orders.CouponAsync(new { kind = "Fixed", amount = Usd(10), minimum = Usd(50) });
        var shopper = orders.ClientOf();
        var request = new { items = new[] { new { sku = "KETTLE-1L", quantity = 3 }, new { sku = "MUG", quantity = 2 } }, promotionCode = code.ToLowerInvariant() };

        using var quoted = await shopper.PostAsJsonAsync("/checkout/quote", request);
        using var placed = await OrdersUnderTest.PlaceAsync(shopper, request);

        var quote = await quoted.JsonAsync();
        Assert.Equal(code, quote.GetProperty("promotionCode").GetString());
        Assert.Contains($"Coupon of the day ({code}) on Kettle, 1 l", quote.GetRawText(), StringComparison.Ordinal);
        var order = await placed.JsonAsync();
        var stored = await OrdersUnderTest.OrderAsync(shopper, order.GetProperty("id").GetGuid());
        foreach (var view in new[] { quote, order, stored })
        {
            Assert.Equal(("70.97", "10.00", "60.97"), (Raw(view, "subtotal"), Raw(view, "discount"), Raw(view, "total")));
            Assert.Equal(["8.45", "1.55"], view.GetProperty("lines").EnumerateArray().Select(line => Raw(line.GetProperty("discounts")[0], "amount")));
            Assert.Equal(code, Assert.Single(view.GetProperty("discounts").EnumerateArray()).GetProperty("code").GetString());
        }

        Assert.Equal(6097, Assert.Single(await orders.PublishedAsync<OrderPlaced>(order.GetProperty("id").GetGuid())).Total);
    }

    [Fact]
    public async Task A_coupon_that_is_not_needed_is_kept()
    {
        // Kettles of two litres are this test's own.
        await orders.PromotionAsync(new { name = "Kettle week", terms = new { kind = "Percentage", percent = 30, skus = new[] { "KETTLE-2L" } }, combinable = false });
        var code = await orders.CouponAsync(TenPercent, limitTotal: 1);

        using var placed = await OrdersUnderTest.PlaceAsync(
            orders.ClientOf(), new { items = new[] { new { sku = "KETTLE-2L", quantity = 1 } }, promotionCode = code });
        using var quoted = await orders.Guest().PostAsJsonAsync(
            "/checkout/quote", new { items = new[] { new { sku = "KETTLE-2L", quantity = 1 } }, promotionCode = code });

        var order = await placed.JsonAsync();
        Assert.Equal("20.99", Raw(order, "total"));
        Assert.False(order.TryGetProperty("promotionCode", out _));
        Assert.Equal(0, await orders.RedeemedAsync(code));
        Assert.Contains($"{code} is kept", await quoted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_does_not_hold_is_refused_by_quote_and_order_alike()
    {
        var now = orders.Time.GetUtcNow();
        var live = await WithWindowAsync(now.AddMinutes(-1), now.AddMinutes(30));
        var scheduled = await WithWindowAsync(now.AddMinutes(30), null);
        var expired = await WithWindowAsync(null, now.AddSeconds(30));
        var tooDear = await orders.CouponAsync(new { kind = "Percentage", percent = 10, minimum = Usd(500) });
        orders.Time.Advance(TimeSpan.FromMinutes(1));

        using var held = await OrdersUnderTest.PlaceAsync(orders.ClientOf(), TwoMugs(live));
        Assert.Equal(HttpStatusCode.Created, held.StatusCode);
        foreach (var code in new[] { scheduled, expired, tooDear, "NO-SUCH-CODE", "\u0000", "" })
        {
            using var quoted = await orders.Guest().PostAsJsonAsync("/checkout/quote", TwoMugs(code));
            using var placed = await OrdersUnderTest.PlaceAsync(orders.ClientOf(), TwoMugs(code));
            Assert.Equal(["promotionCode"], await quoted.WrongFieldsAsync());
            Assert.Equal(["promotionCode"], await placed.WrongFieldsAsync());
        }
    }

    [Fact]
    public async Task An_order_that_costs_nothing_is_confirmed_without_a_payment()
    {
        var code = await orders.CouponAsync(new { kind = "Percentage", percent = 100 }, limitTotal: 1);
        var shopper = orders.ClientOf();
        var id = await PlacedAsync(shopper, code);

        await orders.DeliverAsync<StockReserved, StockReservedHandler>(new(id));

        Assert.Equal("Confirmed", (await OrdersUnderTest.OrderAsync(shopper, id)).GetProperty("status").GetString());
        Assert.Empty(await orders.PublishedAsync<PaymentRequested>(id));
        Assert.Equal(0, Assert.Single(await orders.PublishedAsync<OrderConfirmed>(id)).Total);

        using var cancelled = await shopper.PostAsync($"/orders/{id}/cancel", null);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Empty(await orders.PublishedAsync<RefundRequested>(id));
        Assert.Equal(0, await orders.RedeemedAsync(code));
        Assert.DoesNotContain(id.ToString(), await orders.AuditAsync(), StringComparison.Ordinal);
    }

    private async Task<string> WithWindowAsync(DateTimeOffset? startsAt, DateTimeOffset? endsAt)
    {
        var code = $"W-{Guid.NewGuid():N}"[..20].ToUpperInvariant();
        await orders.PromotionAsync(new { name = "Window", code, terms = TenPercent, startsAt, endsAt });
        return code;
    }

    private static async Task<Guid> PlacedAsync(HttpClient shopper, string code)
    {
        using var placed = await OrdersUnderTest.PlaceAsync(shopper, TwoMugs(code));
        Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
        return (await placed.JsonAsync()).GetProperty("id").GetGuid();
    }

    private Task<int> OrdersWithAsync(string code) => orders.WithDbAsync(
        db => db.Orders.CountAsync(order => db.Promotions.Any(promotion => promotion.Code == code && promotion.Id == order.CouponId)));

    private static string Raw(JsonElement element, string property) => element.GetProperty(property).GetRawText();
}
