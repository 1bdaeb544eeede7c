using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Orders.Checkout;

namespace ShopFlow.Tests.Orders;

public sealed class OrdersAuditTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    public static TheoryData<string, string> Breaches => new()
    {
        { "order-total", "update order_lines set unit_price = unit_price + 1 where order_id = '{0}'" },
        { "order-tax", "update order_lines set tax = tax + 1 where order_id = '{0}'" },
        { "order-captured", "update orders set captured = captured + 1 where id = '{0}'" },
        { "order-refunded", "update orders set refunded = 5 where id = '{0}'" },
        { "order-not-refunded", "update orders set state = 'Cancelled' where id = '{0}'" },
        { "order-overdue", "update orders set state = 'AwaitingPayment', deadline = now() - interval '2 minutes' where id = '{0}'" },
        { "order-history", "delete from status_changes where order_id = '{0}' and step = 3" },
        { "line-pieces", "update order_lines set packed = 1, shipped = 1 where order_id = '{0}'" },
        { "refund-unsettled", "insert into refunds (id, order_id, amount, tax, shipping, reason, state, requested_at) values (gen_random_uuid(), '{0}', 1, 0, 0, 'r', 'Requested', now() - interval '1 hour')" },
        { "refund-rejected", "insert into refunds (id, order_id, amount, tax, shipping, reason, state, requested_at) values (gen_random_uuid(), '{0}', 1, 0, 0, 'r', 'Rejected', now())" },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public async Task The_audit_finds_what_was_changed_behind_the_services_back(string breach, string statement)
    {
        var id = await OrdersUnderTest.PlacedAsync(orders.ClientOf());
        await orders.DeliverAsync<StockReserved, StockReservedHandler>(new(id));
        await orders.DeliverAsync<PaymentCaptured, PaymentCapturedHandler>(new(id, Guid.NewGuid(), 1100, "USD"));
        Assert.DoesNotContain(id.ToString(), await orders.AuditAsync(), StringComparison.Ordinal);

        await orders.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, id)));

        Assert.Contains($"{breach} {id}", await orders.AuditAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update orders set refunded = captured + 1 where id = '{0}'")]
    [InlineData("update orders set total = total + 1 where id = '{0}'")]
    [InlineData("update order_lines set packed = quantity + 1 where order_id = '{0}'")]
    [InlineData("update order_lines set shipped = packed + 1 where order_id = '{0}'")]
    [InlineData("update order_lines set returned = 1 where order_id = '{0}'")]
    [InlineData("update order_lines set refunded_quantity = quantity + 1 where order_id = '{0}'")]
    public async Task The_database_refuses_figures_that_do_not_add_up(string statement)
    {
        var id = await OrdersUnderTest.PlacedAsync(orders.ClientOf());

        await Assert.ThrowsAnyAsync<DbException>(() => orders.WithDbAsync(
            db => db.Database.ExecuteSqlRawAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, id))));
    }
}
