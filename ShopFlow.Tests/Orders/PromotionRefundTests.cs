using System.Net;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Orders.Refunds;
using static ShopFlow.Tests.Orders.PromotionsUnderTest;

namespace ShopFlow.Tests.Orders;

public sealed class PromotionRefundTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    [Fact]
    public async Task Pieces_give_back_what_they_cost_with_their_share_of_the_discount()
    {
        var code = await orders.CouponAsync(new { kind = "Fixed", amount = Usd(10) });
        var order = await PaidOrder.DeliveredAsync(orders, code);

        // Ten of 70.97 are 8.45 of the kettles and 1.55 of the mugs: 51.52 + 4.57 tax and 9.45 + 0.84 tax; express and its tax as ever.
        Assert.Equal(5152 + 457 + 945 + 84 + 3095 + 275, order.Total);
        for (var kettle = 0; kettle < 3; kettle++)
            await ReturnedAsync(order, new { lines = new[] { new { sku = "KETTLE-1L", quantity = 1 } }, reason = "too loud" });
        await ReturnedAsync(order, new { reason = "no kettle, no mug" });

        // A third of 56.09 is 18.6967: 18.70, 18.69, 18.70.
        Assert.Equal([1870, 1869, 1870, 945 + 84 + 3095 + 275], await order.RefundsAsync());
        Assert.DoesNotContain(order.Id.ToString(), await orders.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shipping_that_was_free_gives_nothing_back()
    {
        var order = await PaidOrder.DeliveredAsync(orders, await orders.CouponAsync(new { kind = "FreeShipping" }));

        await ReturnedAsync(order, new { reason = "everything" });

        Assert.Equal([5997 + 532 + 1100 + 98], await order.RefundsAsync());
        Assert.DoesNotContain(order.Id.ToString(), await orders.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tax_of_a_refund_that_the_provider_refuses_is_given_back_with_the_next()
    {
        var order = await PaidOrder.DeliveredAsync(orders);
        await RefundedAsync(order, "KETTLE-1L");
        var first = Assert.Single(await orders.PublishedAsync<RefundRequested>(order.Id));
        await RefundedAsync(order, "KETTLE-1L");
        await orders.DeliverAsync<RefundRejected, RefundRejectedHandler>(
            new(order.Id, first.PaymentId, first.RefundId!.Value, first.Amount, first.Currency, "card_expired"));
        await RefundedAsync(order, "KETTLE-1L");
        await RefundedAsync(order, "KETTLE-1L");

        // 5.32 of three kettles: 1.77, which is refused, and 1.78; what was refused makes up for the odd cent.
        var refunds = await orders.WithDbAsync(db => db.Refunds.Where(refund => refund.OrderId == order.Id).OrderBy(refund => refund.Id).ToListAsync());
        Assert.Equal([177, 178, 177, 177], refunds.Select(refund => refund.Tax));
        Assert.All(refunds, refund => Assert.Equal(1999, refund.Amount - refund.Tax));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2026)]
    public async Task In_whatever_portions_everything_comes_back_refunds_add_up_to_the_total(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 4; round++)
        {
            var amount = random.Next(1, 6000) / 100m;
            var order = await PaidOrder.DeliveredAsync(orders, await orders.CouponAsync(new { kind = "Fixed", amount = Usd(amount) }));
            string[] pieces = ["KETTLE-1L", "KETTLE-1L", "KETTLE-1L", "MUG", "MUG"];
            random.Shuffle(pieces);
            foreach (var sku in pieces)
            {
                await ReturnedAsync(order, new { lines = new[] { new { sku, quantity = 1 } }, reason = "any" });

                // The provider refuses one now and then; its pieces are paid later.
                if (random.Next(3) == 0 && await RejectLastAsync(order))
                    await RefundedAsync(order, sku);
            }

            var read = await order.ReadAsync();
            var held = read.GetProperty("refunds").EnumerateArray().Where(refund => refund.GetProperty("status").GetString() != "Rejected").ToList();
            Assert.Equal(order.Total, (long)(read.GetProperty("refunded").GetDecimal() * 100));
            Assert.Equal(read.GetProperty("tax").GetDecimal(), held.Sum(refund => refund.GetProperty("tax").GetDecimal()));
            Assert.DoesNotContain(order.Id.ToString(), await orders.AuditAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("order-total", "update orders set subtotal = subtotal + 1, discount = discount + 1 where id = 'ORDER'")]
    [InlineData("order-discount", "update order_lines set discount = discount + 1 where order_id = 'ORDER' and position = 1")]
    [InlineData("order-discount", "update orders set shipping_discount = 1, discount = discount - 1 where id = 'ORDER'")]
    [InlineData("order-discount", "update orders set discounts = discounts || jsonb_build_array(jsonb_build_object('amount', 1)) where id = 'ORDER'")]
    [InlineData("line-discount", "update orders set discounts = jsonb_set(discounts, array['0', 'amount'], '1') where id = 'ORDER'")]
    [InlineData("coupon-order", "update orders set coupon_id = null where id = 'ORDER'")]
    [InlineData("coupon-order", "update coupon_redemptions set freed_at = now() where order_id = 'ORDER'")]
    [InlineData("coupon-order", "delete from coupon_redemptions where order_id = 'ORDER'")]
    [InlineData("coupon-redeemed", "update promotions set redeemed = 2 where id = (select coupon_id from orders where id = 'ORDER')")]
    [InlineData("coupon-customer", "update coupon_customers set redeemed = 2 where promotion_id = (select coupon_id from orders where id = 'ORDER')")]
    [InlineData("line-refunded", "update order_lines set refunded_amount = 1 where order_id = 'ORDER' and position = 0")]
    [InlineData("line-refunded", "update order_lines set refunded_quantity = quantity where order_id = 'ORDER' and position = 0")]
    public async Task The_audit_finds_what_was_changed_behind_the_services_back(string breach, string statement)
    {
        var code = await orders.CouponAsync(TenPercent, limitTotal: 5);
        var order = await PaidOrder.PlaceAsync(orders, code);
        Assert.DoesNotContain(order.Id.ToString(), await orders.AuditAsync(), StringComparison.Ordinal);

        await orders.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(
            statement.Replace("ORDER", order.Id.ToString(), StringComparison.Ordinal)));

        var subject = breach is "coupon-redeemed" or "coupon-customer" ? code : order.Id.ToString();
        Assert.Contains($"{breach} {subject}", await orders.AuditAsync(), StringComparison.Ordinal);
    }

    private async Task<bool> RejectLastAsync(PaidOrder order)
    {
        var asked = (await orders.PublishedAsync<RefundRequested>(order.Id))[^1];
        var refund = await orders.WithDbAsync(db => db.Refunds.Include(refund => refund.Lines).SingleAsync(refund => refund.Id == asked.RefundId));
        if (refund.Shipping > 0)
            return false;

        return await orders.DeliverAsync<RefundRejected, RefundRejectedHandler>(
            new(order.Id, asked.PaymentId, asked.RefundId!.Value, asked.Amount, asked.Currency, "card_expired"));
    }

    private static async Task RefundedAsync(PaidOrder order, string sku)
    {
        using var refunded = await order.PostAsync("refunds", new { lines = new[] { new { sku, quantity = 1 } }, reason = "again" });
        Assert.Equal(HttpStatusCode.Created, refunded.StatusCode);
    }

    private static async Task ReturnedAsync(PaidOrder order, object request)
    {
        using var received = await order.PostAsync($"returns/{await order.ReturnAsync(request)}/receive");
        Assert.Equal(HttpStatusCode.OK, received.StatusCode);
    }
}
