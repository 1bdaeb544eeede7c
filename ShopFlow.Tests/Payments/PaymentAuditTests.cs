using Microsoft.EntityFrameworkCore;

namespace ShopFlow.Tests.Payments;

public sealed class PaymentAuditTests(PaymentsUnderTest payments) : IClassFixture<PaymentsUnderTest>
{
    private const string Refund =
        "insert into refunds (id, order_id, currency, reason, updated_at, state, amount, created_at) values (gen_random_uuid(), {0}, 'EUR', 'x', now(), ";

    [Theory]
    [InlineData("delete from ledger where kind = 'Captured' and order_id = {0}", "payment-captured")]
    [InlineData("delete from ledger where kind = 'Authorised' and order_id = {0}", "payment-state")]
    [InlineData("update payments set refunded = 50 where order_id = {0}", "payment-refunded")]
    [InlineData("update payments set state = 'Declined' where order_id = {0}", "payment-state")]
    [InlineData("update payments set state = 'Unknown', created_at = now() - interval '1 hour' where order_id = {0}", "payment-stuck")]
    [InlineData("update payments set state = 'Challenged', created_at = now() - interval '1 hour' where order_id = {0}", "challenge-stuck")]
    [InlineData("update ledger set currency = 'USD' where kind = 'Captured' and order_id = {0}", "ledger-currency")]
    [InlineData(Refund + "'Refunded', 50, now())", "payment-refunds")]
    [InlineData(Refund + "'Requested', 1051, now())", "refund-excess")]
    [InlineData(Refund + "'Requested', 50, now() - interval '1 hour')", "refund-stuck")]
    [InlineData(Refund + "'Failed', 50, now())", "refund-failed")]
    [InlineData("update payments set is_cancelled = true, updated_at = now() - interval '1 hour' where order_id = {0}", "payment-cancelled")]
    public async Task The_audit_finds_each_kind_of_breach(string tampering, string breach)
    {
        var order = await payments.RequestAsync("card");
        await payments.SettledAsync(order);
        Assert.DoesNotContain(await payments.AuditAsync(), line => line.Contains(order.ToString(), StringComparison.Ordinal));

        await payments.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(tampering, order));

        Assert.Contains(await payments.AuditAsync(), line => line.StartsWith($"{breach} {order}", StringComparison.Ordinal));
    }
}
